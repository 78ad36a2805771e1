package io.github.bellhop.server.feed;

import io.github.bellhop.receiver.ClientAddress;
import io.github.bellhop.server.settings.CheckedSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests with exactly one {@code Authorization} header that has the listen token. A wrong token counts as a
 * guess. Thread-safe.
 */
public final class ListenGate {
    private static final String SCHEME = "Bearer ";

    /** The token's digest; null without a token. Digests are compared in the same time for every wrong token. */
    private final byte @Nullable [] digest;

    private final ClientAddress clientAddress;
    private final GuessLimit limit;

    /** Creates the gate. It is shut if the settings have no token. */
    public ListenGate(CheckedSettings settings, GuessLimit limit) {
        this.limit = limit;
        String text = settings.all().listen().token();
        digest = text.isEmpty() ? null : digest(text);
        clientAddress = settings.clientAddress();
    }

    /** Whether the gate rejects every client, because no token is set. */
    boolean isShut() {
        return digest == null;
    }

    /** Returns why a request may not listen, or null if it has the token. A request without a token is not a guess. */
    @Nullable
    Problem refusal(HttpServletRequest request) {
        if (digest == null || request.getHeader("Authorization") == null) {
            return Problem.WRONG_TOKEN;
        }
        List<String> authorization = Collections.list(request.getHeaders("Authorization"));
        return limit.refusal(address(request), () -> isIn(authorization), Problem.WRONG_TOKEN);
    }

    /** Returns the client's address for the log. */
    public String address(HttpServletRequest request) {
        InetAddress address = clientAddress.of(request);
        return address == null ? "an unknown address" : address.getHostAddress();
    }

    private boolean isIn(List<String> authorization) {
        if (authorization.size() != 1) {
            return false;
        }
        String line = authorization.get(0);
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
}
