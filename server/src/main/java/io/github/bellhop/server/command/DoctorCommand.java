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

/** {@code bellhop doctor}: what is wrong, why, and what to do. */
@Command(
        name = "doctor",
        description = {
            DoctorCommand.ABOUT,
            "",
            "It changes nothing and keeps nothing. The receiver gets two deliveries: one without a signature, which it is"
                    + " to refuse, and one signed with the secret found here, of the type bellhop.probe, which is to be"
                    + " answered 200."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop doctor",
            "  bellhop doctor --url https://app.example.com/api/webhooks/clerk",
            "  bellhop doctor user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
            "",
            "Exit codes: 0 nothing fails, 1 something does, 2 wrong usage."
        })
final class DoctorCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT = "Looks for what is wrong between Clerk and your tables, and says what to do.";

    @Mixin
    private final CommandContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "ENTITY-ID",
            description = "A user (user_...) or an organization (org_...) that is missed.")
    private @Nullable String entity;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where deliveries come in, as the Dashboard has it. Default: bellhop serve on this machine.")
    private @Nullable String url;

    @Option(
            names = "--proxy",
            paramLabel = "KIND",
            description = "What stands in front, if it is not recognised: cloudflare, vercel, alb or nginx.")
    private @Nullable Proxy proxy;

    @Option(names = "--json", description = "One JSON object per finding and line.")
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
            throw context.usage("An entity is a user (user_...) or an organization (org_...).");
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
                        "--url: a host with _ in its name is none for Java, nor for Svix. Name it otherwise, or give its"
                                + " address.");
            }
            if (List.of("http", "https")
                            .contains(String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT))
                    && endpoint.getHost() != null
                    && TypedPort.isOne(endpoint)
                    && endpoint.getRawUserInfo() == null) {
                return endpoint;
            }
        } catch (IllegalArgumentException unreadable) {
            // Told below. What was given may hold a token, so it is not quoted.
        }
        throw context.usage(
                "--url wants an http or https address without a user in it, and with a port up to 65535, such as"
                        + " https://app.example.com/api/webhooks/clerk.");
    }
}
