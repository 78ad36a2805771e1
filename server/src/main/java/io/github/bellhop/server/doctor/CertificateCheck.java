package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.ShownUrl;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** Whether the receiver's certificate is good, for how long, and for its host. */
record CertificateCheck(Situation situation) implements Check {
    private static final int SOON_DAYS = 14;

    @Override
    public List<Finding> look() {
        URI url = situation.url();
        if (!"https".equals(url.getScheme())) {
            boolean here = String.valueOf(url.getHost()).matches("localhost|127\\..*|\\[::1]");
            return here ? List.of() : List.of(plain(url));
        }
        Handshake handshake = new Handshake(url);
        try {
            return List.of(judged(url, handshake, handshake.certificates()));
        } catch (IOException fault) {
            return List.of(Finding.skip(
                    "No certificate came from " + ShownUrl.server(url) + " ("
                            + fault.getClass().getSimpleName() + ").",
                    "See what the check of the receiver says; a server without TLS at this port is one cause."));
        }
    }

    private static Finding plain(URI url) {
        return Finding.warn(
                ShownUrl.server(url) + " is without TLS.",
                "What happens to your users is readable on the way, and many hosts redirect to https, which Svix does not"
                        + " follow.",
                "Give the Dashboard the https URL.");
    }

    private Finding judged(URI url, Handshake handshake, X509Certificate[] chain) throws IOException {
        Instant now = situation.now();
        Instant end = chain[0].getNotAfter().toInstant();
        String server = ShownUrl.server(url);
        if (end.isBefore(now)) {
            return Finding.fail(
                    "The certificate of " + server + " expired at " + end + ".",
                    "It was not renewed, or the server was not reloaded since.",
                    "Renew it and reload what serves it.");
        }
        if (chain[0].getNotBefore().toInstant().isAfter(now)) {
            return Finding.fail(
                    "The certificate of " + server + " is valid from "
                            + chain[0].getNotBefore().toInstant() + " on only.",
                    "It was made for later, or a clock is wrong.",
                    "See what the check of the clock says, or take a certificate that is valid now.");
        }
        if (!handshake.matchesHost()) {
            return Finding.fail(
                    "The certificate of " + server + " is for another host.",
                    "The host of the URL is not among the names in it: often www. or a default certificate.",
                    "Use a host that the certificate names, or get one for " + url.getHost() + ".");
        }
        if (!isTrusted(chain)) {
            return Finding.fail(
                    "The certificate of " + server + " is not trusted.",
                    "It is self-signed, or the server does not send the intermediate certificates with it.",
                    "Take one of a public authority, such as Let's Encrypt, and serve its full chain.");
        }
        long days = Duration.between(now, end).toDays();
        return days < SOON_DAYS
                ? Finding.warn(
                        "The certificate of " + server + " expires in " + days + " days.",
                        "Its renewal should have happened by now.",
                        "Renew it; from its end on every delivery fails.")
                : Finding.ok("The certificate of " + server + " is good for " + days + " days.");
    }

    private boolean isTrusted(X509Certificate[] chain) {
        X509TrustManager given = situation.wanted().trust();
        X509TrustManager trust = given == null ? Handshake.javasOwn() : given;
        try {
            trust.checkServerTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException untrusted) {
            return false;
        }
    }
}
