package io.github.bellhop.server.secret;

import io.github.bellhop.server.settings.ProgramEnvironment;
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

/** A secret that is generated once and kept in a file that only its owner can read. */
public final class LocalSecret {
    private static final int KEY_BYTES = 24;

    private final Path file;
    private final String owner;

    /**
     * A secret whose file may not exist yet.
     *
     * @param owner the command that owns it, for messages
     */
    public LocalSecret(Path file, String owner) {
        this.file = file;
        this.owner = owner;
    }

    /** The secret of {@code bellhop dev}, which {@code bellhop trigger} finds in the same working directory. */
    public static LocalSecret ofDev(Path workingDirectory) {
        return new LocalSecret(workingDirectory.resolve(ProgramEnvironment.DEV_SECRET), "bellhop dev");
    }

    Path file() {
        return file;
    }

    /**
     * A signing secret; made on the first call.
     *
     * @throws UnusableSettingException when the file holds something else
     */
    public String signing() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return checked(kept("whsec_" + Base64.getEncoder().encodeToString(key)));
    }

    /** Returns the text of a file if it is a signing secret. */
    String checked(String text) {
        try {
            MessageSigner unused = MessageSigner.with(SigningSecret.parse(text));
            return text;
        } catch (InvalidSecretException invalid) {
            throw damaged();
        }
    }

    /** Returns the exception for a file that holds something else; throw it. */
    public UnusableSettingException damaged() {
        return new UnusableSettingException("The secret of " + owner + " in " + file
                + " is damaged. Delete the file; the" + " next start of " + owner + " makes a new one.");
    }

    /** Returns the text of the file. The first call writes the given text to it. */
    public String kept(String fresh) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.notExists(file)) {
                create(file, fresh);
            }
            return Files.readString(file).strip();
        } catch (CharacterCodingException noText) {
            throw damaged();
        } catch (IOException fault) {
            throw cannotBe("made or read", fault);
        }
    }

    /** Replaces the text of the file. */
    public void replace(String fresh) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException fault) {
            throw cannotBe("changed", fault);
        }
        String unused = kept(fresh);
    }

    private UnusableSettingException cannotBe(String what, IOException fault) {
        return new UnusableSettingException("The secret of " + owner + " in " + file + " cannot be " + what + " ("
                + fault.getClass().getSimpleName() + "). Fix the permissions of its folder.");
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
