package io.github.bellhop.receiver;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP response as received. */
record Answer(int status, List<String> headers, String body) {
    private static final Pattern REASON = Pattern.compile("\"reason\":\"([a-z0-9-]+)\"");

    /** Returns the reason for a refusal; empty if the delivery was accepted. */
    String reason() {
        Matcher matcher = REASON.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse("");
    }
}
