package io.github.bellhop.server.command;

import io.github.bellhop.server.serve.Server;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.SettingsLoader;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bellhop serve}: receives, stores and mirrors deliveries until it is stopped. */
@Command(
        name = "serve",
        description = {
            ServeCommand.ABOUT,
            "",
            "Settings come from the environment, .env.local, .env and bellhop.yaml; see docs/configuration.md."
                    + " CLERK_WEBHOOK_SIGNING_SECRET is required. On SIGTERM, bellhop serve answers the requests in"
                    + " flight and exits."
        },
        footer = {
            "",
            "Examples:",
            "  CLERK_WEBHOOK_SIGNING_SECRET=whsec_... bellhop serve",
            "  BELLHOP_DATABASE_URL=jdbc:postgresql://localhost/app bellhop serve"
        })
final class ServeCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "Receive Clerk's webhooks and keep the database in sync.";

    @Mixin
    private final CommandContext context;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Server server =
                Server.start(CheckedSettings.of(SettingsLoader.load(context.environment(), Map.of(), Map.of())));
        try (server) {
            server.await();
        }
        return CommandLine.ExitCode.OK;
    }
}
