package io.github.bellhop.server.settings;

import io.github.bellhop.BellhopException;
import io.github.bellhop.address.AddressList;
import io.github.bellhop.receiver.ClientAddress;
import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.receiver.ReceiverSettings.WrongLimit;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.sync.SyncSettings;
import io.github.bellhop.sync.mend.RetryPolicy;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings that were found good, as the parts of the program take them.
 *
 * @param all           as they were read
 * @param secrets       to verify with
 * @param clientAddress how the sender's address is found
 * @param receiver      the receiver's limits
 * @param sync          the engine's settings
 * @param database      where messages are kept
 */
public record CheckedSettings(
        ServerSettings all,
        List<SigningSecret> secrets,
        ClientAddress clientAddress,
        ReceiverSettings receiver,
        SyncSettings sync,
        DatabaseSettings database) {
    private static final int SHORTEST_TOKEN = 20;

    /**
     * Checks settings before anything is started.
     *
     * @throws UnusableSettingException naming the setting that is wrong and the mend
     */
    public static CheckedSettings of(ServerSettings settings) {
        if (settings.signingSecret().isBlank()) {
            throw new UnusableSettingException(
                    EnvironmentVariables.SIGNING_SECRET
                            + " is not set, so no delivery could be verified. Copy the Signing Secret of the endpoint from the"
                            + " Clerk Dashboard (Webhooks); it begins with whsec_. To try things out, run bellhop dev instead.");
        }
        List<SigningSecret> secrets =
                checked(EnvironmentVariables.SIGNING_SECRET, () -> SigningSecret.parseList(settings.signingSecret()));
        // Finds a private key, which verifies nothing.
        var verifier = checked(EnvironmentVariables.SIGNING_SECRET, () -> SignatureVerifier.of(secrets));
        AddressList proxies = checked("BELLHOP_TRUSTED_PROXIES", () -> proxies(settings.trustedProxies()));
        DatabaseSettings database = database(settings);
        checkPlain(settings);
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
     * Where messages are kept, for commands that need nothing else.
     *
     * @throws UnusableSettingException when that is no database that Bellhop knows
     */
    public static DatabaseSettings database(ServerSettings settings) {
        ServerSettings.DatabaseChoice choice = settings.database();
        var dialect = checked("BELLHOP_DATABASE_URL", () -> Databases.dialectOf(choice.url()));
        assert dialect != null;
        String schema = orNull(choice.schema().strip());
        if (schema != null && choice.url().startsWith("jdbc:sqlite:")) {
            throw new UnusableSettingException("The setting BELLHOP_DATABASE_SCHEMA is " + schema
                    + ", but SQLite has no schemas. Leave it empty, or set BELLHOP_DATABASE_URL to a PostgreSQL.");
        }
        require(
                schema == null || DatabaseSettings.isSchemaName(schema),
                "BELLHOP_DATABASE_SCHEMA",
                "a plain name: small letters, digits and underscores, not beginning with a digit or pg_");
        return new DatabaseSettings(choice.url(), orNull(choice.user()), orNull(choice.password()), schema);
    }

    /** Whether a request can have this path. */
    public static boolean isPath(String path) {
        return path.matches("/([\\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");
    }

    private static void checkPlain(ServerSettings settings) {
        require(isPort(settings.port()), "BELLHOP_PORT", "a port from 0 to 65535");
        require(isPort(settings.console().port()), "BELLHOP_CONSOLE_PORT", "a port from 0 to 65535");
        require(
                settings.port() == 0 || settings.port() != settings.console().port(),
                "BELLHOP_CONSOLE_PORT",
                "another port than BELLHOP_PORT");
        ServerSettings.Simulator simulator = settings.simulator();
        require(isPort(simulator.port()), "BELLHOP_SIMULATOR_PORT", "a port from 0 to 65535");
        require(!simulator.secretKey().isBlank(), "BELLHOP_SIMULATOR_SECRET_KEY", "a key that clients can send");
        require(!simulator.svixToken().isBlank(), "BELLHOP_SIMULATOR_SVIX_TOKEN", "a token that clients can send");
        checkListen(settings.listen());
        require(
                isPath(settings.path()) && !settings.path().startsWith("/health"),
                "bellhop.path",
                "a path that begins with /, is written as in a URL, and is not below /health");
        require(
                settings.clientAddressHeader().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
                "BELLHOP_CLIENT_ADDRESS_HEADER",
                "the name of one header");
        ServerSettings.Console console = settings.console();
        require(
                isThisMachine(console.address()) || !console.password().isBlank(),
                "BELLHOP_CONSOLE_PASSWORD",
                "a password, since BELLHOP_CONSOLE_ADDRESS lets other machines in");
        ServerSettings.Limits limits = settings.limits();
        WrongLimit wrong = ReceiverSettings.wrongLimit(
                limits.body().toBytes(), limits.budget().toBytes(), limits.bodyTimeout(), limits.answerTimeout());
        if (wrong != null) {
            require(false, wrong.setting(), wrong.wanted());
        }
        require(limits.connections() > 0, "bellhop.limits.connections", "a number above zero");
        require(settings.retry().maxAttempts() > 0, "bellhop.retry.max-attempts", "a number above zero");
        require(isPositive(settings.retry().firstDelay()), "bellhop.retry.first-delay", "a time above zero");
        require(
                isPositive(settings.allowlist().refreshInterval()),
                "bellhop.allowlist.refresh-interval",
                "a time above zero");
    }

    private static void checkListen(ServerSettings.Listen listen) {
        require(
                listen.token().isEmpty() || isListenToken(listen.token()),
                EnvironmentVariables.LISTEN_TOKEN,
                "at least " + SHORTEST_TOKEN + " characters long, letters, digits and -._~+/= only; make one with"
                        + " openssl rand -hex 32");
        require(
                listen.relay() != ServerSettings.Listen.Relay.TOKEN
                        || !listen.token().isEmpty(),
                EnvironmentVariables.LISTEN_TOKEN,
                "set, since BELLHOP_LISTEN_RELAY=token asks those who listen for it");
    }

    /** Whether a text can be a listen token: long enough not to be guessed, and fit for a header. */
    public static boolean isListenToken(String text) {
        return text.length() >= SHORTEST_TOKEN && text.matches("[A-Za-z0-9._~+/=-]+");
    }

    private static void require(boolean good, String setting, String wanted) {
        if (!good) {
            throw new UnusableSettingException("The setting " + setting + " must be " + wanted + ".");
        }
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
        return new ReceiverSettings(
                (int) limits.body().toBytes(),
                limits.budget().toBytes(),
                limits.bodyTimeout(),
                limits.answerTimeout(),
                ReceiverSettings.DEFAULT.retryAfter(),
                InstantSource.system());
    }

    private static SyncSettings sync(ServerSettings settings) {
        ServerSettings.Retry retry = settings.retry();
        return SyncSettings.defaults()
                .withMirror(mirror(settings.mirror()))
                .withRetention(RetentionTimes.of(settings.retention()))
                .withExpectedInstanceId(orNull(settings.instanceId()))
                .withRetry(new RetryPolicy(retry.firstDelay(), retry.maxDelay(), retry.maxAttempts()));
    }

    private static MirrorSettings mirror(ServerSettings.Mirror mirror) {
        List<String> tables = ClerkTables.names();
        return new MirrorSettings(
                TableList.of("BELLHOP_MIRROR_TABLES", mirror.tables(), tables, tables, "rows"),
                TableList.of(
                        "BELLHOP_MIRROR_PRIVATE_METADATA",
                        mirror.privateMetadata(),
                        ClerkTables.namesWith(Column.Access.PRIVATE),
                        tables,
                        "private_metadata"),
                TableList.of(
                        "BELLHOP_MIRROR_RAW",
                        mirror.raw(),
                        ClerkTables.namesWith(Column.Access.RAW),
                        tables,
                        "raw JSON of its own"),
                mirror.deletes());
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }
}
