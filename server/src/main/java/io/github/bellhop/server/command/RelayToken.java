package io.github.bellhop.server.command;

import io.github.bellhop.server.listen.RelayClient;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The token of a relay, which its address is made of: kept in a file that only its owner reads, one for each relay, so
 * that none learns that of another. Whoever has it can take the deliveries.
 */
final class RelayToken implements RelayClient.Tokens {
    private static final String OF = "bellhop listen --relay";
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** As many as Clerk's own command line takes, no more and no less. */
    private static final int LENGTH = 10;

    private final Path file;

    RelayToken(Path workingDirectory, String host) {
        file = workingDirectory.resolve("data").resolve("relay-token-" + host.replaceAll("[^A-Za-z0-9.-]", "_"));
    }

    @Override
    public String current() {
        return LocalSecret.of(file, OF, fresh());
    }

    @Override
    public void renew() {
        LocalSecret.replace(file, OF, fresh());
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
