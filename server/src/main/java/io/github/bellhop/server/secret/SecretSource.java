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

/** Finds the secret to sign with: from the option, the environment, or the file of {@code bellhop dev}, in this order. */
public final class SecretSource {

    private final ProgramEnvironment environment;

    public SecretSource(ProgramEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Returns a signer with the first secret that is found.
     *
     * @param option the value of {@code --secret}; null if it was not given
     * @throws UnusableSettingException if there is no secret, or it cannot sign
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
                + " or --secret to the receiver's secret. If the receiver is bellhop dev, run this command in the"
                + " directory where it was started; its secret is in data/dev-secret there.");
    }

    /**
     * Returns the secret of {@code bellhop dev} in the working directory; null if the file does not exist.
     *
     * @throws UnusableSettingException if the file cannot be read or does not contain a signing secret
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
        } catch (CharacterCodingException notText) {
            throw secret.damaged();
        } catch (IOException unreadable) {
            throw new UnusableSettingException("The signing secret in " + secret.file() + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "). Fix the file's permissions, or pass --secret.");
        }
    }
}
