package io.github.bellhop.server.verify;

/**
 * One finding about a delivery. It contains no secret, no signature and no part of the payload.
 *
 * @param fatal whether receivers reject the delivery because of it
 * @param code  a stable kebab-case name
 * @param what  what was found
 * @param fix   what to do; empty if there is nothing to do
 */
public record Finding(boolean fatal, String code, String what, String fix) {
    static Finding note(String code, String what) {
        return new Finding(false, code, what, "");
    }

    static Finding fault(String code, String what, String fix) {
        return new Finding(true, code, what, fix);
    }
}
