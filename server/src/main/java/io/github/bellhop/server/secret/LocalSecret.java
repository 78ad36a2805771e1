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
     * Creates a secret whose file may not exist yet.
     *
     * @param owner the command that owns the secret, for messages
     */
    public LocalSecret(Path file, String owner) {
        this.file = file;
        this.owner = owner;
    }

    /** Returns the secret of {@code bellhop dev}, which {@code bellhop trigger} finds in the same working directory. */
    public static LocalSecret ofDev(Path workingDirectory) {
        return new LocalSecret(workingDirectory.resolve(ProgramEnvironment.DEV_SECRET), "bellhop dev");
    }

    Path file() {
        return file;
    }

    /**
     * Returns the signing secret. The first call generates it.
     *
     * @throws UnusableSettingException if the file does not contain a signing secret
     */
    public String signing() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return checked(readOrCreate("whsec_" + Base64.getEncoder().encodeToString(key)));
    }

    /** Returns the text if it is a signing secret, and throws otherwise. */
    String checked(String text) {
        try {
            MessageSigner unused = MessageSigner.with(SigningSecret.parse(text));
            return text;
        } catch (InvalidSecretException invalid) {
            throw damaged();
        }
    }

    /** Returns an exception that reports invalid content of the file, for the caller to throw. */
    public UnusableSettingException damaged() {
        return new UnusableSettingException("The secret of " + owner + " in " + file
                + " is damaged. Delete the file; the next start of " + owner + " creates a new one.");
    }

    /** Returns the text of the file. If the file does not exist, creates it with the given text first. */
    public String readOrCreate(String fresh) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.notExists(file)) {
                create(file, fresh);
            }
            return Files.readString(file).strip();
        } catch (CharacterCodingException notText) {
            throw damaged();
        } catch (IOException fault) {
            throw inaccessible("created or read", fault);
        }
    }

    /** Replaces the text of the file. */
    public void replace(String fresh) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException fault) {
            throw inaccessible("changed", fault);
        }
        String unused = readOrCreate(fresh);
    }

    private UnusableSettingException inaccessible(String action, IOException fault) {
        return new UnusableSettingException("The secret of " + owner + " in " + file + " cannot be " + action + " ("
                + fault.getClass().getSimpleName() + "). Fix the permissions of its folder.");
    }

    private static void create(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] permissions = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".tmp", permissions);
        Files.writeString(temporary, text + "\n");
        try {
            Files.move(temporary, file);
        } catch (FileAlreadyExistsException concurrent) {
            Files.delete(temporary);
        }
    }
}
