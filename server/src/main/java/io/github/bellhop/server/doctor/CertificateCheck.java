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

/** Checks that the receiver's certificate is trusted, valid for its host, and not about to expire. */
record CertificateCheck(Situation situation) implements Check {
    private static final int SOON_DAYS = 14;

    @Override
    public List<Finding> run() {
        URI url = situation.url();
        if (!"https".equals(url.getScheme())) {
            boolean isLocal = String.valueOf(url.getHost()).matches("localhost|127\\..*|\\[::1]");
            return isLocal ? List.of() : List.of(plain(url));
        }
        Handshake handshake = new Handshake(url);
        try {
            return List.of(judged(url, handshake, handshake.certificates()));
        } catch (IOException fault) {
            return List.of(Finding.skip(
                    "No certificate was received from " + ShownUrl.server(url) + " ("
                            + fault.getClass().getSimpleName() + ").",
                    "See the receiver check. A server without TLS at this port is one possible cause."));
        }
    }

    private static Finding plain(URI url) {
        return Finding.warn(
                ShownUrl.server(url) + " does not use TLS.",
                "Others can read your users' data in transit. Many hosts redirect to https, and Svix does not follow"
                        + " redirects.",
                "Enter the https URL in the Clerk Dashboard.");
    }

    private Finding judged(URI url, Handshake handshake, X509Certificate[] chain) throws IOException {
        Instant now = situation.now();
        Instant end = chain[0].getNotAfter().toInstant();
        String server = ShownUrl.server(url);
        if (end.isBefore(now)) {
            return Finding.fail(
                    "The certificate of " + server + " expired at " + end + ".",
                    "It was not renewed, or the server was not reloaded after the renewal.",
                    "Renew it and reload the server.");
        }
        if (chain[0].getNotBefore().toInstant().isAfter(now)) {
            return Finding.fail(
                    "The certificate of " + server + " is not valid before "
                            + chain[0].getNotBefore().toInstant() + ".",
                    "It was issued for a later time, or a clock is wrong.",
                    "See the clock check, or install a certificate that is valid now.");
        }
        if (!handshake.matchesHost()) {
            return Finding.fail(
                    "The certificate of " + server + " is for another host.",
                    "It does not name the host of the URL. Often www. is missing, or the certificate is a default one.",
                    "Use a host that the certificate names, or get a certificate for " + url.getHost() + ".");
        }
        if (!isTrusted(chain)) {
            return Finding.fail(
                    "The certificate of " + server + " is not trusted.",
                    "It is self-signed, or the server does not send the intermediate certificates.",
                    "Use a certificate from a public authority, such as Let's Encrypt, and serve its full chain.");
        }
        long days = Duration.between(now, end).toDays();
        return days < SOON_DAYS
                ? Finding.warn(
                        "The certificate of " + server + " expires in " + days + " days.",
                        "It should have been renewed by now.",
                        "Renew it. Every delivery fails after it expires.")
                : Finding.ok("The certificate of " + server + " is valid for another " + days + " days.");
    }

    private boolean isTrusted(X509Certificate[] chain) {
        X509TrustManager given = situation.examination().trust();
        X509TrustManager trust = given == null ? Handshake.defaultTrust() : given;
        try {
            trust.checkServerTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException untrusted) {
            return false;
        }
    }
}
