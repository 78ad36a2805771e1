package io.github.bellhop.server.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;

/** The token that those who listen have to send. */
final class ListenToken {
    private static final String SCHEME = "Bearer ";

    private final byte[] digest;

    /** A token that is not empty. */
    ListenToken(String token) {
        digest = digest(token);
    }

    /** Whether a request has it in its one {@code Authorization} header. */
    boolean isIn(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders("Authorization"));
        return isIn(lines);
    }

    boolean isIn(List<String> authorization) {
        if (authorization.size() != 1) {
            return false;
        }
        String line = authorization.get(0);
        // Of digests, so that the time tells neither how much of it is right nor how long it is.
        return line.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        digest, digest(line.substring(SCHEME.length()).strip()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return "ListenToken[...]";
    }
}
