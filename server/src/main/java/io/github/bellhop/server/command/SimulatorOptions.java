package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.SimulatorSettings;
import io.github.bellhop.simulator.chaos.ChaosKind;
import io.github.bellhop.simulator.chaos.ChaosSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said about the pretend Clerk on a command line. */
final class SimulatorOptions {
    @Option(names = "--users", paramLabel = "N", description = "Begins with so many invented users. Default: 0")
    private int users;

    @Option(
            names = "--organizations",
            paramLabel = "N",
            description = "Begins with so many invented organizations, with up to five of the users each. Default: 0")
    private int organizations;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Decides the invented names and ids. Default: others each time")
    private @Nullable Long seed;

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            description = "How much faster the retries of deliveries come; 3600 makes an hour a second. Default: 1")
    private double timeScale = 1;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST",
            description =
                    "A host, address or CIDR block, besides this machine, that endpoints may lead to. May be given"
                            + " several times.")
    private List<String> allowedTargets = List.of();

    @Option(
            names = "--cascade",
            description = "Lets the deletion of a user or organization also emit events of what is deleted with it.")
    private boolean cascade;

    @Option(
            names = "--chaos",
            paramLabel = "KINDS",
            description = {
                "What goes wrong with deliveries, and how often: some, or a list such as"
                        + " drop=0.1,duplicate=0.3,reorder=1,seed=7. The kinds are drop, duplicate, reorder, delay,"
                        + " corrupt-body, wrong-secret, stale-timestamp and burst. At the end it is told what was sent"
                        + " and what was answered."
            })
    private @Nullable String chaos;

    int users() {
        return users;
    }

    int organizations() {
        return organizations;
    }

    boolean hasChaos() {
        return chaos != null;
    }

    /**
     * The simulator's settings.
     *
     * @throws UnusableSettingException naming the option that cannot be taken
     */
    SimulatorSettings settings(ServerSettings.Simulator keys, InstantSource clock) {
        require(users >= 0 && organizations >= 0, "--users and --organizations take 0 or more.");
        require(timeScale > 0, "--time-scale takes a number above zero.");
        return SimulatorSettings.of(clock, seed == null ? new SecureRandom().nextLong() : seed)
                .withKeys(keys.secretKey(), keys.svixToken())
                .withTimeScale(timeScale)
                .withAllowedTargets(allowedTargets)
                .withCascadeEvents(cascade)
                .withChaos(chaos == null ? ChaosSettings.none() : chaos(chaos));
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new UnusableSettingException(otherwise);
        }
    }

    /**
     * Reads {@code --chaos}.
     *
     * @param text {@code some}, or {@code kind=rate} and {@code seed=number} with commas between them
     * @throws UnusableSettingException naming the part that cannot be taken
     */
    private static ChaosSettings chaos(String text) {
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
