package io.github.bellhop.server.doctor;

import io.github.bellhop.receiver.ProbeAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which address the receiver takes for the sender's, and what to set when that is a proxy's. */
record SourceCheck(Situation situation) implements Check {

    @Override
    public List<Finding> look() throws InterruptedException {
        ReceiverAnswer unsigned = situation.probe().unsigned();
        if (unsigned.fault() != null) {
            return List.of();
        }
        Proxy given = situation.wanted().proxy();
        Proxy proxy = given != null ? given : Proxy.of(unsigned.headers());
        ProbeAnswer sight = situation.probe().sight();
        return sight == null ? unseen(proxy) : List.of(seen(sight, proxy));
    }

    private static List<Finding> unseen(@Nullable Proxy proxy) {
        if (proxy == null) {
            return List.of();
        }
        return List.of(Finding.warn(
                capital(proxy.shown()) + " stands in front, and the receiver did not tell which address it sees.",
                "Behind a proxy, the address of the connection is the proxy's: an allowlist on enforce would refuse"
                        + " Svix.",
                proxy.fix(null)));
    }

    private Finding seen(ProbeAnswer sight, @Nullable Proxy proxy) {
        if (sight.address() == null) {
            return Finding.fail(
                    "The receiver finds no usable address of the sender.",
                    "The connection comes from a trusted proxy (" + sight.socket()
                            + "), but the header that is configured"
                            + " did not come, came twice, or holds no address. Came: " + names(sight) + ".",
                    fix(sight, proxy));
        }
        if (!sight.address().equals(sight.socket())) {
            return Finding.ok(
                    "The receiver takes " + sight.address() + " for this machine's address, told by the trusted proxy "
                            + sight.socket() + "; the allowlist is set to " + sight.allowlist() + ".");
        }
        boolean enforced = sight.allowlist().equals("enforce");
        if (proxy == null && sight.headers().isEmpty()) {
            return enforced && !situation.isUrlGiven()
                    ? behindWhat(sight)
                    : Finding.ok("The receiver sees " + sight.address()
                            + ", with no proxy between; the allowlist is set to " + sight.allowlist() + ".");
        }
        String what = "The receiver sees the address of a proxy, " + sight.socket() + ", not the sender's.";
        String why = (proxy == null ? "A proxy" : capital(proxy.shown())) + " stands in front and is not trusted"
                + (sight.headers().isEmpty() ? "." : ": " + names(sight) + " came and is not believed.");
        return enforced
                ? Finding.fail(
                        what,
                        why + " The allowlist is set to enforce, so Svix's deliveries get 403 source-not-allowed.",
                        fix(sight, proxy))
                : Finding.warn(
                        what,
                        why + " With the allowlist on enforce, Svix's deliveries would get 403 source-not-allowed.",
                        fix(sight, proxy));
    }

    /** Asked on the machine itself, nothing shows of what stands before it. */
    private static Finding behindWhat(ProbeAnswer sight) {
        return Finding.warn(
                "The allowlist is enforced, and the receiver was not asked the way that deliveries come.",
                "It sees " + sight.address()
                        + " here. If a proxy stands in front and is not trusted, Svix's deliveries get"
                        + " 403 source-not-allowed.",
                "Ask it by its public URL: bellhop doctor --url https://your-host/api/webhooks/clerk");
    }

    private static String fix(ProbeAnswer sight, @Nullable Proxy proxy) {
        if (proxy != null) {
            return proxy.fix(sight.socket());
        }
        if (sight.headers().contains("CF-Connecting-IP")) {
            return Proxy.CLOUDFLARE.fix(sight.socket());
        }
        if (sight.headers().contains("X-Vercel-Forwarded-For")) {
            return Proxy.VERCEL.fix(sight.socket());
        }
        String header =
                sight.headers().contains("X-Forwarded-For") || !sight.headers().contains("X-Real-IP")
                        ? "X-Forwarded-For"
                        : "X-Real-IP";
        return "Set BELLHOP_TRUSTED_PROXIES=" + sight.socket() + " and BELLHOP_CLIENT_ADDRESS_HEADER=" + header
                + ", where the receiver runs. With --proxy cloudflare|vercel|alb|nginx this says more.";
    }

    private static String names(ProbeAnswer sight) {
        return sight.headers().isEmpty() ? "none of the usual ones" : String.join(", ", sight.headers());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
