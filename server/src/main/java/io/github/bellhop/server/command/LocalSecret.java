package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that are made once and kept in files that only their owner reads. */
final class LocalSecret {
    private static final int KEY_BYTES = 24;

    private LocalSecret() {}

    /**
     * A signing secret; made on the first call.
     *
     * @throws UnusableSettingException when the file holds something else
     */
    static String signing(Path file, String of) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return checked(file, of, of(file, of, "whsec_" + Base64.getEncoder().encodeToString(key)));
    }

    /** The text, which a file had, if one can sign with it. */
    static String checked(Path file, String of, String text) {
        try {
            MessageSigner unused = MessageSigner.with(SigningSecret.parse(text));
            return text;
        } catch (InvalidSecretException invalid) {
            throw damaged(file, of);
        }
    }

    static UnusableSettingException damaged(Path file, String of) {
        return new UnusableSettingException("The secret of " + of + " in " + file + " is damaged. Delete the file; the"
                + " next start of " + of + " makes a new one.");
    }

    /**
     * What is kept in a file; on the first call the given text, which is kept from then on.
     *
     * @param of whose it is, for the message when it cannot be kept
     */
    static String of(Path file, String of, String fresh) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.notExists(file)) {
                create(file, fresh);
            }
            return Files.readString(file).strip();
        } catch (CharacterCodingException noText) {
            throw damaged(file, of);
        } catch (IOException fault) {
            throw new UnusableSettingException("The secret of " + of + " in " + file + " cannot be made or read ("
                    + fault.getClass().getSimpleName() + "). Mend the rights of its folder.");
        }
    }

    /** Keeps another text from now on. */
    static void replace(Path file, String of, String fresh) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException fault) {
            throw new UnusableSettingException("The secret of " + of + " in " + file + " cannot be changed ("
                    + fault.getClass().getSimpleName() + "). Mend the rights of its folder.");
        }
        String unused = of(file, of, fresh);
    }

    private static void create(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] rights = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path half = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".tmp", rights);
        Files.writeString(half, text + "\n");
        try {
            Files.move(half, file);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(half);
        }
    }
}
