package io.github.bellhop.spring;

import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Finds the signing secrets: the property, else the variable that the program and Clerk's own libraries know too. */
final class ConfiguredSecrets {
    private static final String VARIABLE = "CLERK_WEBHOOK_SIGNING_SECRET";

    private ConfiguredSecrets() {}

    /** A verifier with them; what it throws says what is wrong with them, and nothing of them. */
    static SignatureVerifier verifier(@Nullable String property, Environment environment) {
        String text = EngineSettings.orNull(property);
        if (text == null) {
            text = EngineSettings.orNull(environment.getProperty(VARIABLE));
        }
        if (text == null) {
            throw new InvalidSecretException(
                    "secret-missing",
                    "No signing secret is set, so no delivery could be verified. Copy the Signing Secret of the endpoint"
                            + " from the Clerk Dashboard (Webhooks); it begins with whsec_.");
        }
        return SignatureVerifier.of(SigningSecret.parseList(text));
    }
}
