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

/**
 * The option {@code --addresses}: a file of e-mail addresses and phone numbers. They are in a file because other users
 * of the machine can see a process's arguments.
 */
final class AddressesOption {
    private static final Pattern EMAIL_ADDRESS = Pattern.compile("[^\\s@<>,;]+@[^\\s@<>,;]+");
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+\\d{5,15}");

    /** The separators that people write in phone numbers. */
    private static final Pattern PHONE_SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{Pd}().]");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(
            names = "--addresses",
            paramLabel = "FILE",
            description =
                    "File of e-mail addresses and phone numbers, one per line, that the database may no longer link"
                            + " to the user. Invitations and waitlist entries are matched by them.")
    private @Nullable Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * Reads the addresses, in the form that Clerk uses.
     *
     * @throws ParameterException if a line is not an address, since it would match nothing and nobody would notice
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
                    spec.commandLine(), "--addresses: cannot read " + file + " as UTF-8 text.", fault);
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
        String phone = PHONE_SEPARATORS.matcher(line).replaceAll("");
        if (PHONE_NUMBER.matcher(phone).matches()) {
            return phone;
        }
        throw new ParameterException(
                spec.commandLine(),
                "--addresses: line " + number + " is not an address. Write one per line, such as ann@example.com, or"
                        + " +821012345678 with the country code.");
    }
}
