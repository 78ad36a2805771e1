package io.github.bellhop.simulator.svix;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Svix's rules for values. If a check fails, it throws an exception with status 422 that names the field. */
final class Rules {
    private static final int MAX_NAME = 256;
    private static final int MAX_CHANNEL = 128;
    private static final int MAX_CHANNELS = 10;
    private static final int MAX_URL = 65_536;
    private static final int MAX_METADATA_BYTES = 4096;
    private static final int MAX_HEADER_BYTES = 4096;
    private static final Set<String> FORBIDDEN_HEADERS =
            Set.of(("accept-encoding connection date expect forwarded host keep-alive origin proxy-connection "
                            + "referer te trailer transfer-encoding upgrade user-agent via")
                    .split(" ", -1));
    private static final List<String> FORBIDDEN_BEGINNINGS = List.of(
            ("content- svix- webhook- x-amz- x-amzn- x-azure- x-fd- x-forwarded- x-gfe x-goog- x-google " + "x-svix-")
                    .split(" ", -1));

    private Rules() {}

    private static void refuseIf(boolean wrong, String field, String detail) {
        if (wrong) {
            throw SvixException.invalid(field, detail);
        }
    }

    static void name(String name) {
        refuseIf(name.isBlank() || name.length() > MAX_NAME, "name", "must be 1 to " + MAX_NAME + " characters long");
    }

    /** Checks the settings that applications and endpoints have in common. */
    static void common(
            @Nullable String uid, String prefix, @Nullable Integer throttleRate, Map<String, String> metadata) {
        uid("uid", uid, prefix);
        refuseIf(
                throttleRate != null && (throttleRate < 1 || throttleRate > 65_535),
                "throttleRate",
                "must be between 1 and 65535");
        int bytes = metadata.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
        refuseIf(
                bytes > MAX_METADATA_BYTES,
                "metadata",
                "Metadata is too large: at most " + MAX_METADATA_BYTES + " bytes are allowed");
    }

    static void uid(String field, @Nullable String uid, String prefix) {
        if (uid != null) {
            identifier(field, uid);
            refuseIf(uid.startsWith(prefix), field, "Uid cannot start with the prefix of an id: " + prefix);
        }
    }

    static void identifier(String field, String text) {
        refuseIf(
                text.length() > MAX_NAME || !text.matches("[a-zA-Z0-9\\-_.]+"),
                field,
                "must be 1 to " + MAX_NAME + " characters long and match ^[a-zA-Z0-9\\-_.]+$");
    }

    static void channels(@Nullable Set<String> channels, int least) {
        if (channels == null) {
            return;
        }
        refuseIf(
                channels.size() < least || channels.size() > MAX_CHANNELS,
                "channels",
                "must be " + least + " to " + MAX_CHANNELS + " channels");
        refuseIf(
                !channels.stream()
                        .allMatch(name -> name.length() <= MAX_CHANNEL && name.matches("[a-zA-Z0-9\\-_.:+]+")),
                "channels",
                "Channels must have at most " + MAX_CHANNEL + " characters and match ^[a-zA-Z0-9\\-_.:+]+$");
    }

    static void eventTypes(@Nullable Set<String> types, Collection<String> known) {
        if (types == null) {
            return;
        }
        refuseIf(types.isEmpty(), "eventTypes", "Must have at least one event type. Leave it out for all types");
        String unknown = types.stream().filter(type -> !known.contains(type)).collect(Collectors.joining(", "));
        refuseIf(!unknown.isEmpty(), "eventTypes", "The following event types don't exist: " + unknown);
    }

    static void retention(Duration kept) {
        refuseIf(
                kept.isNegative() || kept.isZero() || kept.compareTo(NewMessage.LONGEST_RETENTION) > 0,
                "payloadRetentionPeriod",
                "must be longer than 0 and at most 90 days");
    }

    static void url(String url) {
        refuseIf(url.length() > MAX_URL, "url", "must be at most " + MAX_URL + " characters long");
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            refuseIf(!scheme.matches("https?"), "url", "Endpoint URL schemes must be http or https");
            refuseIf(
                    uri.getHost() == null || uri.getPort() > 65_535,
                    "url",
                    "Endpoint URLs must be absolute and contain a host");
        } catch (URISyntaxException e) {
            throw SvixException.invalid("url", "Endpoint URLs must be valid");
        }
    }

    static void headers(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            refuseIf(!lower.matches("[!#$%&'*+\\-.^_`|~0-9a-z]+"), "headers", "Header names must be tokens");
            refuseIf(
                    FORBIDDEN_HEADERS.contains(lower)
                            || FORBIDDEN_BEGINNINGS.stream().anyMatch(lower::startsWith),
                    "headers",
                    "Header names must not be reserved: " + name);
            refuseIf(
                    bytes(value) > MAX_HEADER_BYTES || value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > '~'),
                    "headers",
                    "Header values must be printable ASCII of at most " + MAX_HEADER_BYTES + " bytes");
        });
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
