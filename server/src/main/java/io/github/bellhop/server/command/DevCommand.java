package io.github.bellhop.server.command;

import io.github.bellhop.server.serve.Server;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.server.settings.UnusableSettingException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bellhop dev}: everything on this machine, with a secret of its own, for trying out and developing. */
@Command(
        name = "dev",
        description = {
            "Receives on this machine only, with a secret of its own and an SQLite file.",
            "",
            "The secret lies in data/dev-secret, where bellhop trigger finds it; that of"
                    + " CLERK_WEBHOOK_SIGNING_SECRET is accepted too. Another database than SQLite must be named on the"
                    + " command line, so that one from a configuration file is never written to by a test."
        },
        footer = {"", "Example:", "  bellhop dev", "  bellhop trigger user.created     (in another terminal)"})
final class DevCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    private final ProgramEnvironment environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of the database to use.")
    private @Nullable String database;

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
        try (Server server = Server.start(CheckedSettings.of(settings))) {
            greet(server, settings);
            server.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private ServerSettings settings() {
        Map<String, Object> options = new LinkedHashMap<>();
        String devSecret = DevSecret.of(environment.workingDirectory());
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

    private void greet(Server server, ServerSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        String port = server.port() == 8787 ? "" : " --to http://127.0.0.1:" + server.port() + settings.path();
        out.print("""

                  Bellhop is running on this machine.

                    webhooks   http://127.0.0.1:%d%s
                    health     http://127.0.0.1:%d/health
                    metrics    http://127.0.0.1:%d/metrics
                    database   %s
                    secret     in %s

                  Try in another terminal, in this directory:

                    bellhop trigger user.created%s
                    bellhop show clerk_users

                  Ctrl-C ends it.

                """.formatted(
                        server.port(),
                        settings.path(),
                        server.port(),
                        server.consolePort(),
                        CheckedSettings.database(settings),
                        DevSecret.FILE,
                        port));
        out.flush();
    }
}
