package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A file of e-mail addresses and phone numbers. Personal data is no argument, which others on the machine see. */
final class AddressesOption {
    private static final Pattern EMAIL_ADDRESS = Pattern.compile("[^\\s@<>,;]+@[^\\s@<>,;]+");
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+\\d{5,15}");

    /** What people write into phone numbers. */
    private static final Pattern FOR_THE_EYE = Pattern.compile("[\\s\\p{Z}\\p{Pd}().]");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(
            names = "--addresses",
            paramLabel = "FILE",
            description = "E-mail addresses and phone numbers, one a line, that the database may know no longer as this"
                    + " user's: invitations and waitlist entries are found by them.")
    private @Nullable Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * The addresses, written as Clerk does.
     *
     * @throws ParameterException when a line is none: it would find nothing, and nobody would know
     */
    List<String> read(ProgramEnvironment environment) {
        if (file == null) {
            return List.of();
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(environment.workingDirectory().resolve(file));
        } catch (IOException fault) {
            throw new ParameterException(
                    spec.commandLine(), "The file of --addresses cannot be read as UTF-8 text: " + file, fault);
        }
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\uFEFF", "").strip();
            if (!line.isEmpty()) {
                addresses.add(address(line, i + 1));
            }
        }
        return addresses;
    }

    private String address(String line, int number) {
        if (EMAIL_ADDRESS.matcher(line).matches()) {
            return line;
        }
        String phone = FOR_THE_EYE.matcher(line).replaceAll("");
        if (PHONE_NUMBER.matcher(phone).matches()) {
            return phone;
        }
        throw new ParameterException(
                spec.commandLine(),
                "Line " + number + " of --addresses is no address. One a line: ann@example.com, or +821012345678, with"
                        + " the country's code.");
    }
}
