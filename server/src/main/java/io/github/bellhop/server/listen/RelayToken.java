package io.github.bellhop.server.listen;

import io.github.bellhop.server.secret.LocalSecret;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The token of a relay, which is part of the delivery address. It is kept in a file that only its owner can read, one
 * file per relay, so that no relay learns the token of another. Anyone with the token can receive the deliveries.
 */
public final class RelayToken implements RelayClient.Tokens {
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** The exact length that Clerk's command line accepts. */
    private static final int LENGTH = 10;

    private final LocalSecret secret;

    public RelayToken(Path workingDirectory, URI relay) {
        Path file = workingDirectory.resolve("data").resolve("relay-token-" + name(relay));
        secret = new LocalSecret(file, "bellhop listen --relay");
    }

    /** Returns the host, followed by the port if it is not the default, and the base path if there is one. */
    private static String name(URI relay) {
        int defaultPort = relay.getScheme().equalsIgnoreCase("ws") ? 80 : 443;
        boolean hasPort = relay.getPort() >= 0 && relay.getPort() != defaultPort;
        StringBuilder name = new StringBuilder(relay.getHost().replaceAll("[^A-Za-z0-9.-]", "_"));
        if (hasPort) {
            name.append('+').append(relay.getPort());
        }
        // Other characters are encoded by their numbers, so that different paths have different names.
        RelayAddress.base(relay).chars().forEach(character -> {
            if (character == '/') {
                name.append('_');
            } else if (character == '-' || character == '.' || LETTERS.indexOf(character) >= 0) {
                name.append((char) character);
            } else {
                name.append('+').append(Integer.toHexString(character)).append('+');
            }
        });
        return name.toString();
    }

    @Override
    public String current() {
        String token = secret.readOrCreate(newToken());
        if (!token.matches("(c_)?[0-9A-Za-z]{10,64}")) {
            throw secret.damaged();
        }
        return token;
    }

    @Override
    public void renew() {
        secret.replace(newToken());
    }

    private static String newToken() {
        SecureRandom random = new SecureRandom();
        StringBuilder token = new StringBuilder("c_");
        for (int i = 0; i < LENGTH; i++) {
            token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return token.toString();
    }
}
