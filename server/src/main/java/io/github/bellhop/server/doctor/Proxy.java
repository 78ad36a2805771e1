package io.github.bellhop.server.doctor;

import java.net.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The known proxies in front of a receiver, with the settings that show the receiver the sender's address. */
public enum Proxy {
    /** Cloudflare's network, including its tunnels. */
    CLOUDFLARE("CF-Connecting-IP", "Cloudflare's address ranges from https://www.cloudflare.com/ips"),
    /** Vercel, with a rewrite to another server. */
    VERCEL("X-Vercel-Forwarded-For", ""),
    /** An AWS Application Load Balancer. */
    ALB("X-Forwarded-For", "the subnets of the load balancer, such as 10.0.0.0/16"),
    /** A self-hosted nginx. */
    NGINX("X-Forwarded-For", "the address of nginx, such as 127.0.0.1");

    private final String header;
    private final String proxies;

    Proxy(String header, String proxies) {
        this.header = header;
        this.proxies = proxies;
    }

    /** Detects the proxy from the headers of an answer; null if they show none. */
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

    /** The name to print. */
    String shown() {
        return switch (this) {
            case CLOUDFLARE -> "Cloudflare";
            case VERCEL -> "Vercel";
            case ALB -> "an AWS load balancer";
            case NGINX -> "nginx";
        };
    }

    /** The header in which the proxy passes the sender's address. */
    String header() {
        return header;
    }

    /**
     * Returns the settings to change.
     *
     * @param socket the proxy's address as the receiver sees it; null if unknown
     */
    String fix(@Nullable String socket) {
        String trusted = socket == null ? proxies : socket + (proxies.isEmpty() ? "" : " (or " + proxies + ")");
        return switch (this) {
            case VERCEL ->
                "Vercel's addresses change, so they cannot be trusted by address. Serve the webhook from a separate"
                        + " host that does not go through Vercel, or keep BELLHOP_IP_ALLOWLIST=observe: the signature"
                        + " authenticates a delivery. If you have a proxy with a fixed address in front of the receiver, set"
                        + " BELLHOP_TRUSTED_PROXIES to that address and BELLHOP_CLIENT_ADDRESS_HEADER=" + header + ".";
            case NGINX -> settings(trusted) + " In nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
            default -> settings(trusted);
        };
    }

    private String settings(String trusted) {
        return "Set BELLHOP_CLIENT_ADDRESS_HEADER=" + header + " and BELLHOP_TRUSTED_PROXIES to " + trusted + ".";
    }
}
