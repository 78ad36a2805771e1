package io.github.bellhop.server.listen;

import io.github.bellhop.server.secret.LocalSecret;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The token of a relay, which its address is made of: kept in a file that only its owner reads, one for each relay, so
 * that none learns that of another. Whoever has it can take the deliveries.
 */
public final class RelayToken implements RelayClient.Tokens {
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** As many as Clerk's own command line takes, no more and no less. */
    private static final int LENGTH = 10;

    private final LocalSecret secret;

    public RelayToken(Path workingDirectory, URI relay) {
        Path file = workingDirectory.resolve("data").resolve("relay-token-" + name(relay));
        secret = new LocalSecret(file, "bellhop listen --relay");
    }

    /** The host, then what is unusual: the port, and the path before the protocol's own. */
    private static String name(URI relay) {
        int usual = relay.getScheme().equalsIgnoreCase("ws") ? 80 : 443;
        boolean unusual = relay.getPort() >= 0 && relay.getPort() != usual;
        StringBuilder name = new StringBuilder(relay.getHost().replaceAll("[^A-Za-z0-9.-]", "_"));
        if (unusual) {
            name.append('+').append(relay.getPort());
        }
        // Each path has a name of its own: what is no letter or digit is told by its number.
        RelayAddress.base(relay).chars().forEach(sign -> {
            if (sign == '/') {
                name.append('_');
            } else if (sign == '-' || sign == '.' || LETTERS.indexOf(sign) >= 0) {
                name.append((char) sign);
            } else {
                name.append('+').append(Integer.toHexString(sign)).append('+');
            }
        });
        return name.toString();
    }

    @Override
    public String current() {
        String token = secret.readOrCreate(fresh());
        if (!token.matches("(c_)?[0-9A-Za-z]{10,64}")) {
            throw secret.damaged();
        }
        return token;
    }

    @Override
    public void renew() {
        secret.replace(fresh());
    }

    private static String fresh() {
        SecureRandom random = new SecureRandom();
        StringBuilder token = new StringBuilder("c_");
        for (int i = 0; i < LENGTH; i++) {
            token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return token.toString();
    }
}
