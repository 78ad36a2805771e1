package io.github.bellhop.server.verify;

/**
 * One thing that was found out about a delivery. Neither text holds a secret, a signature or anything of the payload.
 *
 * @param fatal whether it makes the delivery one that is refused
 * @param code  a stable kebab-case name
 * @param what  what is so
 * @param fix  what to do; empty when nothing is to be done
 */
public record Finding(boolean fatal, String code, String what, String fix) {
    static Finding note(String code, String what) {
        return new Finding(false, code, what, "");
    }

    static Finding fault(String code, String what, String fix) {
        return new Finding(true, code, what, fix);
    }
}
