package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.chaos.ChaosKind;
import io.github.bellhop.simulator.chaos.ChaosSettings;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads what {@code --chaos} says. */
final class ChaosOption {
    private ChaosOption() {}

    /**
     * The chaos that is wanted.
     *
     * @param text {@code some}, or {@code kind=rate} and {@code seed=number} with commas between them
     * @throws UnusableSettingException naming the part that cannot be taken
     */
    static ChaosSettings parse(String text) {
        if (text.strip().equals("some")) {
            return ChaosSettings.some();
        }
        ChaosSettings chaos = ChaosSettings.none();
        for (String part : text.split(",", -1)) {
            String[] words = part.strip().split("=", 2);
            try {
                chaos = words[0].equals("seed")
                        ? chaos.seed(Long.parseLong(words[1]))
                        : chaos.rate(kind(words[0]), Double.parseDouble(words[1]));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
                throw new UnusableSettingException("--chaos cannot take " + part.strip()
                        + ". It takes some, or parts such as"
                        + " drop=0.1 with commas between them: a kind (" + kinds() + ") and a rate from 0 to 1; and"
                        + " seed=NUMBER.");
            }
        }
        return chaos;
    }

    private static ChaosKind kind(String name) {
        return Arrays.stream(ChaosKind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static String kinds() {
        return Arrays.stream(ChaosKind.values()).map(ChaosKind::wireName).collect(Collectors.joining(", "));
    }
}
