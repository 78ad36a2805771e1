package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.nio.file.Path;

/** The secret of {@code bellhop dev}, kept in a file that only its owner reads, which {@code bellhop trigger} finds. */
final class DevSecret {
    /** Where it lies, in the working directory. */
    static final Path FILE = ProgramEnvironment.DEV_SECRET;

    /** Whose it is, for messages. */
    static final String OF = "bellhop dev";

    private DevSecret() {}

    /** The secret; made on the first call. */
    static String of(Path workingDirectory) {
        return LocalSecret.signing(workingDirectory.resolve(FILE), OF);
    }
}
