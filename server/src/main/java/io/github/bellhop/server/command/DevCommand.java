package io.github.bellhop.server.command;

import io.github.bellhop.server.secret.LocalSecret;
import io.github.bellhop.server.serve.PortTakenException;
import io.github.bellhop.server.serve.Server;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.simulator.SimulatorSettings;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.svix.api.SvixApi;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bellhop dev}: a receiver and a simulated Clerk on this machine, with their own secret, for development. */
@Command(
        name = "dev",
        description = {
            DevCommand.ABOUT,
            "",
            "The simulator serves Clerk's Backend API and Svix's API on port 8789. It sends every change to the receiver as"
                    + " events.",
            "",
            "The signing secret is in data/dev-secret, where bellhop trigger finds it. Secrets in"
                    + " CLERK_WEBHOOK_SIGNING_SECRET are accepted too. A database other than SQLite must be named with"
                    + " --database, so that test data never reaches a database from a configuration file."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dev",
            "  bellhop trigger user.created     # in another terminal",
            "  bellhop dev --users 500 --organizations 20",
            "  bellhop dev --chaos drop=0.1,duplicate=0.3,reorder=1 --time-scale 3600"
        },
        sortOptions = false,
        abbreviateSynopsis = true)
final class DevCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "Run a receiver and a simulated Clerk on this machine, with an SQLite database.";

    private static final String LOOPBACK = "127.0.0.1";

    @Mixin
    private final CommandContext context;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "JDBC URL of the database. Default: the SQLite database in the settings")
    private @Nullable String database;

    @Mixin
    private final SimulatorOptions simulator = new SimulatorOptions();

    DevCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = settings();
        if (database == null && !settings.database().url().startsWith("jdbc:sqlite:")) {
            throw new UnusableSettingException("bellhop dev uses a database other than SQLite only if its command line"
                    + " names it. Add --database URL, or unset BELLHOP_DATABASE_URL.");
        }
        SimulatorSettings simulated = simulator.settings(settings.simulator(), context.clock());
        try (Server server = Server.start(CheckedSettings.of(settings));
                ClerkSimulator clerk =
                        simulatedClerk(simulated, settings.simulator().port(), webhook(server, settings), secret())) {
            greet(server, clerk, settings);
            if (simulator.hasChaos()) {
                server.lastly(() -> report(clerk));
            }
            server.awaitReady();
            clerk.clerk().seed(simulator.users(), simulator.organizations(), true);
            server.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private static ClerkSimulator simulatedClerk(SimulatorSettings settings, int port, URI webhook, String secret) {
        try {
            ClerkSimulator clerk = ClerkSimulator.start(settings, port);
            SimulatedEndpoint unused = clerk.deliverTo(webhook, secret);
            return clerk;
        } catch (UncheckedIOException taken) {
            throw new PortTakenException("BELLHOP_SIMULATOR_PORT", LOOPBACK, port, taken);
        }
    }

    private static URI webhook(Server server, ServerSettings settings) {
        return URI.create("http://" + LOOPBACK + ":" + server.port() + settings.path());
    }

    private String secret() {
        return LocalSecret.ofDev(context.environment().workingDirectory()).signing();
    }

    private void report(ClerkSimulator clerk) {
        PrintWriter out = context.out();
        out.println(clerk.chaosReport().text());
        out.flush();
    }

    private ServerSettings settings() {
        Map<String, Object> options = new LinkedHashMap<>();
        String devSecret = secret();
        String given = context.environment().get(EnvironmentVariables.SIGNING_SECRET);
        options.put("bellhop.signing-secret", given == null ? devSecret : devSecret + "," + given);
        options.put("bellhop.address", LOOPBACK);
        options.put("bellhop.console.address", LOOPBACK);
        if (database != null) {
            options.put("bellhop.database.url", database);
        }
        return SettingsLoader.load(
                context.environment(), options, Map.of("bellhop.ip-allowlist", "off", "bellhop.log-format", "text"));
    }

    private void greet(Server server, ClerkSimulator clerk, ServerSettings settings) {
        PrintWriter out = context.out();
        boolean isDefault = server.port() == 8787 && settings.path().equals(TriggerCommand.PATH);
        String port = isDefault
                ? ""
                : " --to " + Launcher.quoted(webhook(server, settings).toString());
        String launcher = Launcher.ofProcess();
        out.print("""

                  Bellhop is running on this machine.

                    webhooks   %s
                    health     http://127.0.0.1:%d/health
                    metrics    http://127.0.0.1:%d/metrics
                    database   %s
                    secret     in %s
                    Clerk API  %s/v1 (simulated; secret key: %s)
                    Svix API   %s/api/v1 (simulated; token: %s)

                  Try this in another terminal, in the same directory:

                    %s trigger user.created%s
                    %s show clerk_users%s
                    curl %s/v1/users -H 'Authorization: Bearer %s' \\
                      -H 'Content-Type: application/json' -d '{"email_address":["ann@example.com"]}'

                  Press Ctrl-C to stop.

                """.formatted(
                        webhook(server, settings),
                        server.port(),
                        server.consolePort(),
                        CheckedSettings.database(settings),
                        ProgramEnvironment.DEV_SECRET,
                        clerk.url(),
                        key(settings.simulator().secretKey(), ClerkBackendApi.SECRET_KEY),
                        clerk.url(),
                        key(settings.simulator().svixToken(), SvixApi.DEFAULT_TOKEN),
                        launcher,
                        port,
                        launcher,
                        databaseOption(),
                        clerk.url(),
                        key(settings.simulator().secretKey(), ClerkBackendApi.SECRET_KEY)));
        out.flush();
    }

    /**
     * Returns the {@code --database} option for the commands to print; empty if the settings name the same database. A
     * URL that may contain a password is replaced by a placeholder.
     */
    private String databaseOption() {
        if (database == null || database.equals(configuredDatabase())) {
            return "";
        }
        boolean secret = database.contains("password") || database.contains("@");
        return " --database " + (secret ? "URL   # the same as for bellhop dev" : Launcher.quoted(database));
    }

    private String configuredDatabase() {
        return SettingsLoader.load(context.environment(), Map.of(), Map.of())
                .database()
                .url();
    }

    /** Returns the key if it is the default, which is public; otherwise a placeholder. */
    private static String key(String key, String defaultKey) {
        return key.equals(defaultKey) ? key : "YOUR_KEY";
    }
}
