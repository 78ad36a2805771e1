package io.github.bellhop.server.command;

import io.github.bellhop.server.serve.DevSimulator;
import io.github.bellhop.server.serve.Server;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.simulator.SimulatorSettings;
import io.github.bellhop.simulator.clerk.api.BackendApiSettings;
import io.github.bellhop.simulator.svix.api.SvixApi;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bellhop dev}: everything on this machine, with a secret of its own, for trying out and developing. */
@Command(
        name = "dev",
        description = {
            DevCommand.ABOUT,
            "",
            "The pretend Clerk has Clerk's Backend API and Svix's API on port 8789. What is changed in it comes to the"
                    + " receiver as events.",
            "",
            "The secret lies in data/dev-secret, where bellhop trigger finds it; that of"
                    + " CLERK_WEBHOOK_SIGNING_SECRET is accepted too. Another database than SQLite must be named on the"
                    + " command line, so that one from a configuration file is never written to by a test."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dev",
            "  bellhop trigger user.created     (in another terminal)",
            "  bellhop dev --users 500 --organizations 20",
            "  bellhop dev --chaos drop=0.1,duplicate=0.3,reorder=1 --time-scale 3600"
        },
        sortOptions = false,
        abbreviateSynopsis = true)
final class DevCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT =
            "Receives on this machine only, with a secret of its own and an SQLite file, and runs a pretend Clerk"
                    + " beside it.";

    private static final String LOOPBACK = "127.0.0.1";

    private final ProgramEnvironment environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of the database to use.")
    private @Nullable String database;

    @Mixin
    private final SimulatorOptions simulator = new SimulatorOptions();

    private DevCommand(ProgramEnvironment environment) {
        this.environment = environment;
    }

    static CommandLine line(ProgramEnvironment environment) {
        return new CommandLine(new DevCommand(environment));
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = settings();
        if (database == null && !settings.database().url().startsWith("jdbc:sqlite:")) {
            throw new UnusableSettingException("bellhop dev uses another database than SQLite only when it stands on"
                    + " its command line: give --database URL, or unset BELLHOP_DATABASE_URL.");
        }
        SimulatorSettings simulated = simulator.settings(settings.simulator());
        try (Server server = Server.start(CheckedSettings.of(settings));
                DevSimulator clerk = DevSimulator.start(
                        simulated, settings.simulator().port(), webhook(server, settings), secret())) {
            greet(server, clerk, settings);
            if (simulator.hasChaos()) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> report(clerk), "bellhop-chaos-report"));
            }
            server.awaitReady();
            clerk.seed(simulator.users(), simulator.organizations());
            server.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private static URI webhook(Server server, ServerSettings settings) {
        return URI.create("http://" + LOOPBACK + ":" + server.port() + settings.path());
    }

    private String secret() {
        return DevSecret.of(environment.workingDirectory());
    }

    private void report(DevSimulator clerk) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(clerk.chaosReport().text());
        out.flush();
    }

    private ServerSettings settings() {
        Map<String, Object> options = new LinkedHashMap<>();
        String devSecret = secret();
        String given = environment.get(EnvironmentVariables.SIGNING_SECRET);
        options.put("bellhop.signing-secret", given == null ? devSecret : devSecret + "," + given);
        options.put("bellhop.address", LOOPBACK);
        options.put("bellhop.console.address", LOOPBACK);
        if (database != null) {
            options.put("bellhop.database.url", database);
        }
        return SettingsLoader.load(
                environment, options, Map.of("bellhop.ip-allowlist", "off", "bellhop.log-format", "text"));
    }

    private void greet(Server server, DevSimulator clerk, ServerSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        String port = server.port() == 8787 ? "" : " --to " + webhook(server, settings);
        out.print("""

                  Bellhop is running on this machine.

                    webhooks   %s
                    health     http://127.0.0.1:%d/health
                    metrics    http://127.0.0.1:%d/metrics
                    database   %s
                    secret     in %s
                    Clerk API  %s/v1 (pretend; its secret key: %s)
                    Svix API   %s/api/v1 (pretend; its token: %s)

                  Try in another terminal, in this directory:

                    bellhop trigger user.created%s
                    bellhop show clerk_users
                    curl %s/v1/users -H 'Authorization: Bearer %s' \\
                      -H 'Content-Type: application/json' -d '{"email_address":["ann@example.com"]}'

                  Ctrl-C ends it.

                """.formatted(
                        webhook(server, settings),
                        server.port(),
                        server.consolePort(),
                        CheckedSettings.database(settings),
                        DevSecret.FILE,
                        clerk.url(),
                        key(settings.simulator().secretKey(), BackendApiSettings.SECRET_KEY),
                        clerk.url(),
                        key(settings.simulator().svixToken(), SvixApi.DEFAULT_TOKEN),
                        port,
                        clerk.url(),
                        key(settings.simulator().secretKey(), BackendApiSettings.SECRET_KEY)));
        out.flush();
    }

    /** The keys that everybody knows are printed, others are not. */
    private static String key(String key, String usual) {
        return key.equals(usual) ? key : "YOUR_KEY";
    }
}
