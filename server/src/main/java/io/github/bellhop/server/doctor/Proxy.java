package io.github.bellhop.server.doctor;

import java.net.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may stand before a receiver, and the settings with which the sender's address is seen behind it. */
public enum Proxy {
    /** Cloudflare's network, also as a tunnel. */
    CLOUDFLARE("CF-Connecting-IP", "Cloudflare's blocks from https://www.cloudflare.com/ips"),
    /** Vercel, whose rewrites lead to another server. */
    VERCEL("X-Vercel-Forwarded-For", ""),
    /** An Application Load Balancer of AWS. */
    ALB("X-Forwarded-For", "the subnets of the load balancer, such as 10.0.0.0/16"),
    /** An nginx of one's own. */
    NGINX("X-Forwarded-For", "the address of nginx, such as 127.0.0.1");

    private final String header;
    private final String proxies;

    Proxy(String header, String proxies) {
        this.header = header;
        this.proxies = proxies;
    }

    /** The one that the headers of an answer tell of; null when they tell of none. */
    static @Nullable Proxy of(HttpHeaders answer) {
        String server = answer.firstValue("server").orElse("").toLowerCase(Locale.ROOT);
        if (server.startsWith("cloudflare") || answer.firstValue("cf-ray").isPresent()) {
            return CLOUDFLARE;
        }
        if (server.startsWith("vercel") || answer.firstValue("x-vercel-id").isPresent()) {
            return VERCEL;
        }
        boolean cookie = answer.allValues("set-cookie").stream().anyMatch(value -> value.startsWith("AWSALB"));
        if (server.startsWith("awselb") || cookie) {
            return ALB;
        }
        return server.startsWith("nginx") ? NGINX : null;
    }

    /** How one calls it. */
    String shown() {
        return switch (this) {
            case CLOUDFLARE -> "Cloudflare";
            case VERCEL -> "Vercel";
            case ALB -> "an AWS load balancer";
            case NGINX -> "nginx";
        };
    }

    /** The header that it writes the sender's address into. */
    String header() {
        return header;
    }

    /**
     * What to set.
     *
     * @param socket the proxy's address as the receiver sees it; null when that is not known
     */
    String fix(@Nullable String socket) {
        String trusted = socket == null ? proxies : socket + (proxies.isEmpty() ? "" : " (or " + proxies + ")");
        return switch (this) {
            case VERCEL ->
                "Vercel's addresses are not fixed, so none can be trusted for long. Give the webhook a host of its own"
                        + " that does not lead through Vercel, or leave BELLHOP_IP_ALLOWLIST=observe: the signature"
                        + " is what proves a delivery. For a fixed address of your own before the receiver, set"
                        + " BELLHOP_TRUSTED_PROXIES to it and BELLHOP_CLIENT_ADDRESS_HEADER=" + header + ".";
            case NGINX -> settings(trusted) + " In nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
            default -> settings(trusted);
        };
    }

    private String settings(String trusted) {
        return "Set BELLHOP_CLIENT_ADDRESS_HEADER=" + header + " and BELLHOP_TRUSTED_PROXIES to " + trusted + ".";
    }
}
