package io.github.bellhop.server.command;

import io.github.bellhop.server.secret.SecretSource;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.server.verify.CaptureReader;
import io.github.bellhop.server.verify.CapturedDelivery;
import io.github.bellhop.server.verify.DeliveryDiagnosis;
import io.github.bellhop.server.verify.DeliveryDiagnosis.NamedSecret;
import io.github.bellhop.server.verify.Finding;
import io.github.bellhop.server.verify.UnreadableCaptureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

/** {@code bellhop verify}: explains why a captured delivery is valid or not. */
@Command(
        name = "verify",
        description = {VerifyCommand.ABOUT, ""},
        footer = {
            "",
            "A capture is a raw HTTP request, or a line of output from bellhop listen --json or Clerk's own tool.",
            "",
            "Examples:",
            "  bellhop verify request.http",
            "  bellhop verify --headers headers.txt --body body.json --secret whsec_...",
            "  bellhop verify deliveries.ndjson --message msg_2xYz --at 2026-11-24T10:00:00Z",
            "  pbpaste | bellhop verify - --json",
            "",
            "Exit codes: 0 valid; 1 a receiver would reject it; 2 wrong usage, or no delivery or secret to check."
        })
final class VerifyCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT =
            "Check a captured delivery as a receiver would, and show what is wrong: the secret, the headers, the time, or a"
                    + " changed body. Nothing is sent anywhere.";

    private static final String NO_SECRET =
            "No signing secret to verify with. Copy the Signing Secret of the endpoint that received the delivery from"
                    + " the Clerk Dashboard, and set " + EnvironmentVariables.SIGNING_SECRET + " or give --secret.";

    @Mixin
    private final CommandContext context;

    @Parameters(
            paramLabel = "CAPTURE",
            arity = "0..1",
            description = "File that contains the capture, or - for standard input.")
    private @Nullable String capture;

    @Option(
            names = "--headers",
            paramLabel = "FILE",
            description = "File that contains the headers, as lines of \"Name: value\" or a JSON object.")
    private @Nullable Path headers;

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "File that contains the unchanged body, or - for standard input.")
    private @Nullable Path body;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description =
                    "Signing secret to try. Repeatable. Default: CLERK_WEBHOOK_SIGNING_SECRET, or else data/dev-secret")
    private List<String> given = new ArrayList<>();

    @Option(
            names = "--message",
            paramLabel = "ID",
            description = "Id of the message in the capture. Default: the last one")
    private @Nullable String message;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "When the delivery arrived, such as 2026-11-24T10:00:00Z. Default: now")
    private @Nullable Instant at;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    VerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        CapturedDelivery delivery = delivery();
        Instant arrivedAt = at == null ? context.clock().instant() : at;
        List<NamedSecret> secrets = secrets();
        List<Finding> findings = new DeliveryDiagnosis(secrets, arrivedAt).of(delivery);
        if (secrets.isEmpty() && findings.stream().noneMatch(Finding::fatal)) {
            throw new UnusableSettingException(NO_SECRET);
        }
        if (secrets.isEmpty()) {
            context.say("Without a secret, only the headers and the form of the body are checked.");
        }
        boolean valid = findings.stream().noneMatch(Finding::fatal);
        PrintWriter out = context.out();
        if (json) {
            out.println(object(valid, findings));
        } else {
            print(out, valid, findings);
        }
        out.flush();
        return valid ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private CapturedDelivery delivery() throws IOException {
        try {
            return read();
        } catch (UnreadableCaptureException unreadable) {
            throw context.usage(String.valueOf(unreadable.getMessage()));
        }
    }

    private CapturedDelivery read() throws IOException {
        if (capture != null && headers == null && body == null) {
            CaptureReader.Capture read = CaptureReader.read(bytes(Path.of(capture)), message);
            if (read.passedOver() > 0) {
                context.say("Skipped lines of the capture that are not JSON: " + read.passedOver() + ".");
            }
            return read.delivery();
        }
        if (capture == null && headers != null && body != null) {
            return CaptureReader.of(bytes(headers), bytes(body));
        }
        throw context.usage("Give either a CAPTURE, or both --headers and --body.");
    }

    private byte[] bytes(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return System.in.readAllBytes();
        }
        Path found = context.environment().workingDirectory().resolve(file);
        try {
            return Files.readAllBytes(found);
        } catch (IOException unreadable) {
            throw context.usage("The file " + file + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + ").");
        }
    }

    private List<NamedSecret> secrets() {
        List<NamedSecret> secrets = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String source = given.size() == 1 ? "--secret" : "--secret number " + (i + 1);
            secrets.add(new NamedSecret(source, given.get(i)));
        }
        String variable = context.environment().get(EnvironmentVariables.SIGNING_SECRET);
        if (secrets.isEmpty() && variable != null) {
            String[] parts = variable.split(",", -1);
            for (int i = 0; i < parts.length; i++) {
                String source = EnvironmentVariables.SIGNING_SECRET + (parts.length == 1 ? "" : ", number " + (i + 1));
                // Spaces next to a comma are allowed; any other spaces are reported later.
                secrets.add(new NamedSecret(source, parts.length == 1 ? parts[i] : parts[i].strip()));
            }
        }
        String devSecret = secrets.isEmpty() ? new SecretSource(context.environment()).ofDev() : null;
        if (devSecret != null) {
            secrets.add(new NamedSecret(ProgramEnvironment.DEV_SECRET.toString(), devSecret));
        }
        return secrets;
    }

    private static void print(PrintWriter out, boolean valid, List<Finding> findings) {
        out.println(valid ? "valid" : "not valid");
        for (Finding finding : findings) {
            out.println();
            out.print(Paragraph.of("  ", finding.code() + ": " + finding.what()));
            if (!finding.fix().isEmpty()) {
                out.print(Paragraph.of("  ", finding.fix()));
            }
        }
    }

    private static String object(boolean valid, List<Finding> findings) {
        JsonLine line = new JsonLine().put("valid", valid);
        ArrayNode list = line.object().putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("code", finding.code())
                    .put("fatal", finding.fatal())
                    .put("what", finding.what())
                    .put("fix", finding.fix());
        }
        return line.text();
    }
}
