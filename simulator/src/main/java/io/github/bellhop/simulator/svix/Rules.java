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
import org.jspecify.annotations.Nullable;

/** What values Svix takes: each check throws a 422 that names its field. */
final class Rules {
    private static final int MOST_NAME = 256;
    private static final int MOST_CHANNEL = 128;
    private static final int MOST_CHANNELS = 10;
    private static final int MOST_URL = 65_536;
    private static final int MOST_METADATA_BYTES = 4096;
    private static final int MOST_HEADER_BYTES = 4096;
    private static final Set<String> FORBIDDEN_HEADERS = Set.of(
            "accept-encoding",
            "connection",
            "date",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "origin",
            "proxy-connection",
            "referer",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via");
    private static final List<String> FORBIDDEN_BEGINNINGS = List.of(
            "content-",
            "svix-",
            "webhook-",
            "x-amz-",
            "x-amzn-",
            "x-azure-",
            "x-fd-",
            "x-forwarded-",
            "x-gfe",
            "x-goog-",
            "x-google",
            "x-svix-");

    private Rules() {}

    static void name(String field, String name) {
        if (name.isBlank() || name.length() > MOST_NAME) {
            throw SvixException.invalid(field, "must be 1 to " + MOST_NAME + " characters long");
        }
    }

    static void uid(String field, @Nullable String uid, String prefix) {
        if (uid == null) {
            return;
        }
        identifier(field, uid);
        if (uid.startsWith(prefix)) {
            throw SvixException.invalid(field, "Uid cannot start with the prefix of an id: " + prefix);
        }
    }

    static void identifier(String field, String text) {
        if (text.length() > MOST_NAME || !text.matches("[a-zA-Z0-9\\-_.]+")) {
            throw SvixException.invalid(
                    field, "must be 1 to " + MOST_NAME + " characters long and match ^[a-zA-Z0-9\\-_.]+$");
        }
    }

    static void channels(String field, @Nullable Set<String> channels, int least) {
        if (channels == null) {
            return;
        }
        if (channels.size() < least || channels.size() > MOST_CHANNELS) {
            throw SvixException.invalid(field, "must be " + least + " to " + MOST_CHANNELS + " channels");
        }
        for (String channel : channels) {
            if (channel.length() > MOST_CHANNEL || !channel.matches("[a-zA-Z0-9\\-_.:+]+")) {
                throw SvixException.invalid(
                        field, "Channels must be up to " + MOST_CHANNEL + " characters of ^[a-zA-Z0-9\\-_.:+]+$");
            }
        }
    }

    static void eventTypes(String field, @Nullable Set<String> types, Collection<String> known) {
        if (types == null) {
            return;
        }
        if (types.isEmpty()) {
            throw SvixException.invalid(field, "Must have at least one event type; leave it out for all");
        }
        List<String> unknown =
                types.stream().filter(type -> !known.contains(type)).toList();
        if (!unknown.isEmpty()) {
            throw SvixException.invalid(field, "The following event types don't exist: " + String.join(", ", unknown));
        }
    }

    static void tags(String field, Set<String> tags) {
        for (String tag : tags) {
            identifier(field, tag);
        }
    }

    static void retention(String field, Duration kept) {
        if (kept.isNegative() || kept.isZero() || kept.compareTo(NewMessage.LONGEST_RETENTION) > 0) {
            throw SvixException.invalid(field, "must be more than nothing and at most 90 days");
        }
    }

    static void throttleRate(String field, @Nullable Integer rate) {
        if (rate != null && (rate < 1 || rate > 65_535)) {
            throw SvixException.invalid(field, "must be from 1 to 65535");
        }
    }

    static void metadata(String field, Map<String, String> metadata) {
        int bytes = metadata.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
        if (bytes > MOST_METADATA_BYTES) {
            throw SvixException.invalid(field, "Metadata is too large: " + MOST_METADATA_BYTES + " bytes at most");
        }
    }

    static void url(String field, String url) {
        if (url.length() > MOST_URL) {
            throw SvixException.invalid(field, "must be up to " + MOST_URL + " characters long");
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw SvixException.invalid(field, "Endpoint URL schemes must be http or https");
            }
            if (uri.getHost() == null || uri.getPort() > 65_535) {
                throw SvixException.invalid(field, "Endpoint URLs must be absolute and name a host");
            }
        } catch (URISyntaxException notOne) {
            throw SvixException.invalid(field, "Endpoint URLs must be valid");
        }
    }

    static void headers(String field, Map<String, String> headers) {
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.matches("[!#$%&'*+\\-.^_`|~0-9a-z]+")) {
                throw SvixException.invalid(field, "Header names must be tokens");
            }
            if (FORBIDDEN_HEADERS.contains(lower)
                    || FORBIDDEN_BEGINNINGS.stream().anyMatch(lower::startsWith)) {
                throw SvixException.invalid(field, "Header names must not be reserved: " + name);
            }
            if (bytes(value) > MOST_HEADER_BYTES || value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > '~')) {
                throw SvixException.invalid(
                        field, "Header values must be printable ASCII of " + MOST_HEADER_BYTES + " bytes at most");
            }
        });
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
