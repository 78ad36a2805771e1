package io.github.bellhop.server.command;

import io.github.bellhop.server.doctor.Doctor;
import io.github.bellhop.server.doctor.DoctorReport;
import io.github.bellhop.server.doctor.Examination;
import io.github.bellhop.server.doctor.Finding;
import io.github.bellhop.server.doctor.Proxy;
import io.github.bellhop.server.settings.TypedPort;
import io.github.bellhop.sync.backend.BackendEntity;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bellhop doctor}: reports what is wrong, why, and what to do. */
@Command(
        name = "doctor",
        description = {
            DoctorCommand.ABOUT,
            "",
            "It changes and stores nothing. It sends two deliveries to the receiver: one without a signature, which must"
                    + " be rejected, and one of the type bellhop.probe, signed with the local secret, which must be"
                    + " answered with 200."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop doctor",
            "  bellhop doctor --url https://app.example.com/api/webhooks/clerk",
            "  bellhop doctor user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "",
            "Exit codes: 0 no check failed; 1 a check failed; 2 wrong usage."
        })
final class DoctorCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "Find problems between Clerk and your tables, and show how to fix them.";

    @Mixin
    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "ENTITY-ID",
            description = "A user (user_...) or organization (org_...) that is missing from the tables.")
    private @Nullable String entity;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Endpoint URL, as in the Clerk Dashboard. Default: bellhop serve on this machine")
    private @Nullable String url;

    @Option(
            names = "--proxy",
            paramLabel = "KIND",
            description = "Proxy in front of the receiver, if it is not detected: cloudflare, vercel, alb or nginx.")
    private @Nullable Proxy proxy;

    @Option(names = "--json", description = "Print one line of JSON per finding.")
    private boolean json;

    private DoctorCommand(CommandContext context) {
        this.context = context;
    }

    static CommandLine line(CommandContext context) {
        return new CommandLine(new DoctorCommand(context)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (entity != null && !BackendEntity.USER.isId(entity) && !BackendEntity.ORGANIZATION.isId(entity)) {
            throw context.usage("ENTITY-ID must be the id of a user (user_...) or an organization (org_...).");
        }
        Examination wanted = new Examination(context.environment(), endpoint(), proxy, context.clock()).of(entity);
        List<Doctor.Result> results = SilentLog.during(() -> Doctor.examine(wanted));
        DoctorReport report = new DoctorReport(context.out(), Ansi.AUTO.enabled());
        if (json) {
            report.json(results);
        } else {
            report.text(results);
        }
        boolean failed = results.stream().anyMatch(result -> result.finding().level() == Finding.Level.FAIL);
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private @Nullable URI endpoint() {
        if (url == null) {
            return null;
        }
        try {
            URI endpoint = URI.create(url);
            String authority = String.valueOf(endpoint.getRawAuthority());
            if (endpoint.getHost() == null && authority.contains("_")) {
                throw context.usage(
                        "--url: neither Java nor Svix accepts a host name with an underscore. Use another name or the IP"
                                + " address.");
            }
            if (List.of("http", "https")
                            .contains(String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT))
                    && endpoint.getHost() != null
                    && TypedPort.isValid(endpoint)
                    && endpoint.getRawUserInfo() == null) {
                return endpoint;
            }
        } catch (IllegalArgumentException unreadable) {
            // Reported below. The URL may contain a token, so it is not quoted.
        }
        throw context.usage(
                "--url must be an http or https URL without user information, with a port up to 65535, such as"
                        + " https://app.example.com/api/webhooks/clerk.");
    }
}
