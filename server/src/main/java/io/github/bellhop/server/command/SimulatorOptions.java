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

/** The options of the simulated Clerk. */
final class SimulatorOptions {
    @Option(names = "--users", paramLabel = "N", description = "Create this many random users at startup. Default: 0")
    private int users;

    @Option(
            names = "--organizations",
            paramLabel = "N",
            description =
                    "Create this many random organizations at startup, each with up to five of the users. Default: 0")
    private int organizations;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Seed for random names and ids. Default: a new one for each run")
    private @Nullable Long seed;

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            description = "Speed up delivery retries by this factor; 3600 turns an hour into a second. Default: 1")
    private double timeScale = 1;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST",
            description = "Allow endpoints at this host, address or CIDR block too. Repeatable. Default: only this"
                    + " machine")
    private List<String> allowedTargets = List.of();

    @Option(
            names = "--cascade",
            description = "When a user or organization is deleted, also send events for the entities deleted with it.")
    private boolean cascade;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            description = "Answer at most this many requests to the Backend API in 10 seconds, and 429 to the others."
                    + " Clerk's limit is 1000, and 100 for a development instance. Default: no limit")
    private int rateLimit;

    @Option(
            names = "--chaos",
            paramLabel = "KINDS",
            description = {
                "Inject faults into deliveries: the word some, or a list of kinds with their rates, such as"
                        + " drop=0.1,duplicate=0.3,reorder=1,seed=7. The kinds are drop, duplicate, reorder, delay,"
                        + " corrupt-body, wrong-secret, stale-timestamp and burst. At the end, print a report of what was"
                        + " sent and answered."
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
     * Returns the simulator's settings.
     *
     * @throws UnusableSettingException if an option is invalid; the message names it
     */
    SimulatorSettings settings(ServerSettings.Simulator keys, InstantSource clock) {
        require(users >= 0 && organizations >= 0, "--users and --organizations must be 0 or more.");
        require(rateLimit >= 0, "--rate-limit must be 0 or more.");
        require(timeScale > 0, "--time-scale must be above zero.");
        return SimulatorSettings.of(clock, seed == null ? new SecureRandom().nextLong() : seed)
                .withKeys(keys.secretKey(), keys.svixToken())
                .withRateLimit(rateLimit)
                .withTimeScale(timeScale)
                .withAllowedTargets(allowedTargets)
                .withCascadeEvents(cascade)
                .withChaos(chaos == null ? ChaosSettings.none() : chaos(chaos));
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new UnusableSettingException(message);
        }
    }

    /**
     * Reads {@code --chaos}.
     *
     * @param text {@code some}, or {@code kind=rate} and {@code seed=number} separated by commas
     * @throws UnusableSettingException if a part is invalid; the message names it
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
                throw new UnusableSettingException("--chaos: " + part.strip()
                        + " is not valid. Give the word some, or parts separated by commas, such as drop=0.1: a kind ("
                        + kinds() + ") with a rate from 0 to 1, or seed=NUMBER.");
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
