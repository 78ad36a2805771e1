package io.github.bellhop.server.doctor;

import io.github.bellhop.receiver.ProbeAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks which sender address the receiver sees, and says what to set if it is the address of a proxy. */
record SourceCheck(Situation situation) implements Check {
    private static final String PUBLIC_URL =
            "Check the public URL: bellhop doctor --url https://your-host/api/webhooks/clerk";

    @Override
    public List<Finding> run() throws InterruptedException {
        ReceiverAnswer unsigned = situation.probe().unsigned();
        if (unsigned.fault() != null) {
            return List.of();
        }
        Proxy given = situation.examination().proxy();
        Proxy proxy = given != null ? given : Proxy.of(unsigned.headers());
        ProbeAnswer probeAnswer = situation.probe().probeAnswer();
        return probeAnswer == null ? unseen(proxy) : List.of(seen(probeAnswer, proxy));
    }

    private static List<Finding> unseen(@Nullable Proxy proxy) {
        if (proxy == null) {
            return List.of();
        }
        return List.of(Finding.warn(
                capital(proxy.shown()) + " is in front of the receiver, which did not report what address it sees.",
                "Behind a proxy, every connection has the proxy's address. An enforced allowlist would reject Svix.",
                proxy.fix(null)));
    }

    private Finding seen(ProbeAnswer probeAnswer, @Nullable Proxy proxy) {
        if (probeAnswer.address() == null
                && !situation.isUrlGiven()
                && probeAnswer.headers().isEmpty()) {
            return Finding.skip(
                    "The doctor called the receiver directly, from the trusted address " + probeAnswer.socket()
                            + ", so no proxy added a header with the sender's address.",
                    PUBLIC_URL);
        }
        if (probeAnswer.address() == null) {
            return Finding.fail(
                    "The receiver cannot determine the sender's address.",
                    "The connection comes from a trusted proxy (" + probeAnswer.socket()
                            + "), but the configured header is missing, occurs twice, or contains no address."
                            + " Headers received: " + names(probeAnswer) + ".",
                    fix(probeAnswer, proxy));
        }
        if (!probeAnswer.address().equals(probeAnswer.socket())) {
            return Finding.ok(
                    "The receiver sees this machine as " + probeAnswer.address() + ", as reported by the trusted proxy "
                            + probeAnswer.socket() + ". The allowlist is set to " + probeAnswer.allowlist() + ".");
        }
        boolean enforced = probeAnswer.allowlist().equals("enforce");
        if (proxy == null && probeAnswer.headers().isEmpty()) {
            return enforced && !situation.isUrlGiven()
                    ? behindWhat(probeAnswer)
                    : Finding.ok("The receiver sees " + probeAnswer.address()
                            + ", with no proxy in between. The allowlist is set to " + probeAnswer.allowlist() + ".");
        }
        String what = "The receiver sees the address of a proxy, " + probeAnswer.socket() + ", not the sender's.";
        String why = (proxy == null ? "A proxy" : capital(proxy.shown()))
                + " is in front of the receiver and is not trusted"
                + (probeAnswer.headers().isEmpty()
                        ? "."
                        : ", so its headers are ignored (" + names(probeAnswer) + ").");
        return enforced
                ? Finding.fail(
                        what,
                        why + " The allowlist is set to enforce, so Svix's deliveries get 403 source-not-allowed.",
                        fix(probeAnswer, proxy))
                : Finding.warn(
                        what,
                        why + " With the allowlist set to enforce, Svix's deliveries would get 403 source-not-allowed.",
                        fix(probeAnswer, proxy));
    }

    /** A request from the machine itself does not pass through the proxies in front of it. */
    private static Finding behindWhat(ProbeAnswer probeAnswer) {
        return Finding.warn(
                "The allowlist is enforced, and the receiver was not called through its public URL.",
                "It sees " + probeAnswer.address()
                        + " here. If an untrusted proxy is in front of the receiver, Svix's deliveries get"
                        + " 403 source-not-allowed.",
                PUBLIC_URL);
    }

    private static String fix(ProbeAnswer probeAnswer, @Nullable Proxy proxy) {
        if (proxy != null) {
            return proxy.fix(probeAnswer.socket());
        }
        if (probeAnswer.headers().contains("CF-Connecting-IP")) {
            return Proxy.CLOUDFLARE.fix(probeAnswer.socket());
        }
        if (probeAnswer.headers().contains("X-Vercel-Forwarded-For")) {
            return Proxy.VERCEL.fix(probeAnswer.socket());
        }
        String header = probeAnswer.headers().contains("X-Forwarded-For")
                        || !probeAnswer.headers().contains("X-Real-IP")
                ? "X-Forwarded-For"
                : "X-Real-IP";
        return "Set BELLHOP_TRUSTED_PROXIES=" + probeAnswer.socket() + " and BELLHOP_CLIENT_ADDRESS_HEADER=" + header
                + " where the receiver runs. For more exact advice, pass --proxy cloudflare|vercel|alb|nginx.";
    }

    private static String names(ProbeAnswer probeAnswer) {
        return probeAnswer.headers().isEmpty() ? "none of the usual ones" : String.join(", ", probeAnswer.headers());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
