package io.github.bellhop.server.secret;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Finds the secret to sign with: the option, else the environment, else the file that {@code bellhop dev} keeps. */
public final class SecretSource {

    private final ProgramEnvironment environment;

    public SecretSource(ProgramEnvironment environment) {
        this.environment = environment;
    }

    /**
     * A signer with the secret that is found first.
     *
     * @param option the value of {@code --secret}, if it was given
     * @throws UnusableSettingException when there is none, or it cannot sign
     */
    public MessageSigner signer(@Nullable String option) {
        if (option != null) {
            return signer("--secret", option.strip());
        }
        String variable = environment.get(EnvironmentVariables.SIGNING_SECRET);
        if (variable != null) {
            return signer(EnvironmentVariables.SIGNING_SECRET, variable.split(",", 2)[0].strip());
        }
        String ofDev = ofDev();
        if (ofDev != null) {
            return signer(ProgramEnvironment.DEV_SECRET.toString(), ofDev);
        }
        throw new UnusableSettingException("No signing secret. Set " + EnvironmentVariables.SIGNING_SECRET
                + ", or give --secret, to the secret that"
                + " the receiver has; bellhop dev keeps its own in data/dev-secret, which is found in the directory"
                + " where it was started.");
    }

    /**
     * The secret that {@code bellhop dev} keeps here; null when it keeps none.
     *
     * @throws UnusableSettingException when it cannot be read or is none
     */
    @Nullable
    public String ofDev() {
        LocalSecret secret = LocalSecret.ofDev(environment.workingDirectory());
        return Files.exists(secret.file()) ? read(secret) : null;
    }

    private static MessageSigner signer(String source, String secret) {
        try {
            return MessageSigner.with(SigningSecret.parse(secret));
        } catch (InvalidSecretException invalid) {
            throw new UnusableSettingException(
                    "The signing secret from " + source + " cannot be used. " + invalid.getMessage());
        }
    }

    private static String read(LocalSecret secret) {
        try {
            return secret.checked(Files.readString(secret.file()).strip());
        } catch (CharacterCodingException noText) {
            throw secret.damaged();
        } catch (IOException unreadable) {
            throw new UnusableSettingException("The signing secret in " + secret.file() + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "). Fix the file's permissions, or give --secret.");
        }
    }
}
