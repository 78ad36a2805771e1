package io.github.bellhop.server.settings;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.BellhopException;
import io.github.bellhop.InvalidSettingException;
import io.github.bellhop.address.AddressList;
import io.github.bellhop.receiver.ClientAddress;
import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.settings.RetentionSettings;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseFileException;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Valid settings, in the types that the parts of the program need.
 *
 * @param all           the settings as they were loaded
 * @param secrets       the secrets that deliveries are verified with
 * @param clientAddress finds the sender's address
 * @param receiver      the receiver's limits
 * @param sync          the engine's settings
 * @param database      the database of the inbox and the mirror
 */
public record CheckedSettings(
        ServerSettings all,
        List<SigningSecret> secrets,
        ClientAddress clientAddress,
        ReceiverSettings receiver,
        SyncSettings sync,
        DatabaseSettings database) {
    private static final int MIN_TOKEN_LENGTH = 20;

    /**
     * Checks the settings before anything is started.
     *
     * @throws UnusableSettingException if a setting is invalid; the message names it and the fix
     */
    public static CheckedSettings of(ServerSettings settings) {
        try {
            return checked(settings);
        } catch (InvalidSettingException invalid) {
            throw new UnusableSettingException(invalid);
        }
    }

    private static CheckedSettings checked(ServerSettings settings) {
        if (settings.signingSecret().isBlank()) {
            throw new UnusableSettingException(EnvironmentVariables.SIGNING_SECRET
                    + " is not set, so deliveries cannot be verified. Copy the Signing Secret of the endpoint from the"
                    + " Clerk Dashboard (Webhooks); it begins with whsec_. To try Bellhop out, run bellhop dev.");
        }
        List<SigningSecret> secrets =
                checked(EnvironmentVariables.SIGNING_SECRET, () -> SigningSecret.parseList(settings.signingSecret()));
        // Rejects a private key, which cannot verify anything.
        var verifier = checked(EnvironmentVariables.SIGNING_SECRET, () -> SignatureVerifier.of(secrets));
        AddressList proxies = checked("BELLHOP_TRUSTED_PROXIES", () -> proxies(settings.trustedProxies()));
        DatabaseSettings database = database(settings);
        checkValues(settings);
        assert verifier != null;
        return new CheckedSettings(
                settings,
                secrets,
                new ClientAddress(proxies, settings.clientAddressHeader()),
                receiver(settings.limits()),
                sync(settings),
                database);
    }

    /**
     * Checks only the database's settings, for commands that need no other settings.
     *
     * @throws UnusableSettingException if Bellhop does not support the database or cannot use its file
     */
    public static DatabaseSettings database(ServerSettings settings) {
        ServerSettings.DatabaseChoice choice = settings.database();
        var dialect = checked("BELLHOP_DATABASE_URL", () -> Databases.dialectOf(choice.url()));
        assert dialect != null;
        try {
            Databases.requireUsable(choice.url());
        } catch (DatabaseFileException unusable) {
            throw new UnusableSettingException("BELLHOP_DATABASE_URL: " + unusable.getMessage());
        }
        String schema = orNull(choice.schema().strip());
        try {
            return new DatabaseSettings(choice.url(), orNull(choice.user()), orNull(choice.password()), schema);
        } catch (InvalidSettingException invalid) {
            throw new UnusableSettingException(invalid);
        }
    }

    /** Returns whether a request can have this path. */
    public static boolean isPath(String path) {
        return path.matches("/([\\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");
    }

    private static void checkValues(ServerSettings settings) {
        require(isPort(settings.port()), "bellhop.port", "a port from 0 to 65535");
        require(isPort(settings.console().port()), "bellhop.console.port", "a port from 0 to 65535");
        require(
                settings.port() == 0 || settings.port() != settings.console().port(),
                "bellhop.console.port",
                "a different port from bellhop.port");
        ServerSettings.Simulator simulator = settings.simulator();
        require(isPort(simulator.port()), "bellhop.simulator.port", "a port from 0 to 65535");
        require(!simulator.secretKey().isBlank(), "bellhop.simulator.secret-key", "a key that is not blank");
        require(!simulator.svixToken().isBlank(), "bellhop.simulator.svix-token", "a token that is not blank");
        checkListen(settings.listen());
        require(
                isPath(settings.path()) && !settings.path().startsWith("/health"),
                "bellhop.path",
                "a path that starts with /, is encoded as in a URL, and does not start with /health");
        require(
                settings.clientAddressHeader().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
                "bellhop.client-address-header",
                "the name of one header");
        ServerSettings.Console console = settings.console();
        require(
                isThisMachine(console.address()) || !console.password().isBlank(),
                "bellhop.console.password",
                "a password, because bellhop.console.address is reachable from other machines");
        require(settings.limits().connections() > 0, "bellhop.limits.connections", "a number above zero");
        require(
                isPositive(settings.allowlist().refreshInterval()),
                "bellhop.allowlist.refresh-interval",
                "a duration above zero");
    }

    private static void checkListen(ServerSettings.Listen listen) {
        require(
                listen.token().isEmpty() || isListenToken(listen.token()),
                "bellhop.listen.token",
                "at least " + MIN_TOKEN_LENGTH + " characters long, of letters, digits and -._~+/= only, such as from"
                        + " openssl rand -hex 32");
        require(
                listen.relay() != ServerSettings.Listen.Relay.TOKEN
                        || !listen.token().isEmpty(),
                "bellhop.listen.token",
                "set, because bellhop.listen.relay=token requires it from clients");
    }

    /** Returns whether a string can be a listen token: long enough to resist guessing, and valid in a header. */
    public static boolean isListenToken(String text) {
        return text.length() >= MIN_TOKEN_LENGTH && text.matches("[A-Za-z0-9._~+/=-]+");
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= 65_535;
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static boolean isThisMachine(String address) {
        return address.equals("localhost") || address.equals("::1") || address.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    private interface Attempt<T> {
        T make();
    }

    private static <T> T checked(String setting, Attempt<T> attempt) {
        try {
            return attempt.make();
        } catch (BellhopException wrong) {
            throw new UnusableSettingException(setting + ": " + wrong.getMessage());
        }
    }

    private static AddressList proxies(String list) {
        return AddressList.of(Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList());
    }

    private static ReceiverSettings receiver(ServerSettings.Limits limits) {
        return ReceiverSettings.of(
                limits.body().toBytes(),
                limits.budget().toBytes(),
                limits.bodyTimeout(),
                limits.answerTimeout(),
                InstantSource.system());
    }

    private static SyncSettings sync(ServerSettings settings) {
        ServerSettings.Retention times = settings.retention();
        ServerSettings.Retry retry = settings.retry();
        return SyncSettings.builder()
                .mirror(mirror(settings.mirror()))
                .retention(RetentionSettings.of(
                        times.payloads(),
                        times.messages(),
                        times.sessions(),
                        times.audit(),
                        DurationStyle::detectAndParse))
                .expectedInstanceId(settings.instanceId())
                .retry(new RetryPolicy(retry.firstDelay(), retry.maxDelay(), retry.maxAttempts()))
                .build();
    }

    private static MirrorSettings mirror(ServerSettings.Mirror mirror) {
        return new MirrorSettings(
                TableChoice.of("bellhop.mirror.tables", mirror.tables()),
                TableChoice.of("bellhop.mirror.private-metadata", mirror.privateMetadata()),
                TableChoice.of("bellhop.mirror.raw", mirror.raw()),
                mirror.deletes());
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }
}
