package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.UnusableSettingException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret of {@code bellhop dev}, kept in a file that only its owner reads, which {@code bellhop trigger} finds. */
final class DevSecret {
    /** Where it lies, in the working directory. */
    static final Path FILE = ProgramEnvironment.DEV_SECRET;

    private static final int KEY_BYTES = 24;

    private DevSecret() {}

    /** The secret; made on the first call. */
    static String of(Path workingDirectory) {
        Path file = workingDirectory.resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            if (Files.notExists(file)) {
                create(file);
            }
            return Files.readString(file).strip();
        } catch (IOException fault) {
            throw new UnusableSettingException("The secret of bellhop dev in " + file + " cannot be made or read ("
                    + fault.getClass().getSimpleName() + "). Mend the rights of its folder.");
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] rights = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path half = Files.createTempFile(file.getParent(), "dev-secret", ".tmp", rights);
        Files.writeString(half, "whsec_" + Base64.getEncoder().encodeToString(key) + "\n");
        try {
            Files.move(half, file);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(half);
        }
    }
}
