package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import java.util.List;

/** Checks that the signing secret is set and valid. */
record SecretCheck(Situation situation) implements Check {
    private static final String VARIABLE = EnvironmentVariables.SIGNING_SECRET;
    private static final String FIX =
            "Copy the Signing Secret of exactly this endpoint from the Clerk Dashboard (Webhooks) into " + VARIABLE
                    + ". It begins with whsec_.";

    @Override
    public List<Finding> run() {
        String text = situation.settings().signingSecret();
        if (text.isBlank() && !situation.signingSecret().isBlank()) {
            return List.of(Finding.warn(
                    VARIABLE + " is not set; the doctor uses the secret of bellhop dev in this folder.",
                    "bellhop dev uses this secret. bellhop serve needs the secret from Clerk.",
                    FIX));
        }
        if (text.isBlank()) {
            return fail(
                    VARIABLE + " is not set.",
                    "It is neither in the environment nor in .env.local, .env or bellhop.yaml of " + situation.folder()
                            + ".",
                    FIX + " To try things out without Clerk, run bellhop dev.");
        }
        if (text.strip().matches("(?s)[\"'].*|.*[\"']")) {
            return fail(
                    VARIABLE + " contains quotation marks.",
                    "Bellhop removes quotation marks around a value in a .env file. docker --env-file and some"
                            + " platforms keep them.",
                    "Remove the quotation marks where the variable is set.");
        }
        try {
            List<SigningSecret> secrets = SigningSecret.parseList(text);
            SignatureVerifier.of(secrets);
            return List.of(judged(text, secrets));
        } catch (InvalidSecretException wrong) {
            // The message ends with general advice, which FIX replaces.
            String problem = String.valueOf(wrong.getMessage()).replaceFirst(" Copy the Signing Secret.*$", "");
            return fail(
                    problem,
                    text.strip().startsWith("whsk_")
                            ? "A whsk_ key signs messages and belongs to the sender."
                            : "It cannot verify any delivery, and the program does not start with it.",
                    FIX);
        }
    }

    private static Finding judged(String text, List<SigningSecret> secrets) {
        if (secrets.stream().anyMatch(SigningSecret::isShort)) {
            return Finding.warn(
                    VARIABLE + " holds a key of fewer than 24 bytes.",
                    "Clerk's keys are longer. It was cut short, or somebody made it up.",
                    FIX + " For tests without Clerk, echo whsec_$(openssl rand -base64 24) makes one.");
        }
        int count = secrets.size();
        if (!text.strip().startsWith("wh")) {
            return Finding.warn(
                    VARIABLE + " does not begin with whsec_.",
                    "Bellhop accepts it, but other tools do not. It may also be an incomplete secret.",
                    FIX);
        }
        String kind = text.strip().startsWith("whpk_") ? "a whpk_ key, which only verifies" : "a whsec_ key";
        return Finding.ok(
                count == 1
                        ? VARIABLE + " is " + kind + "."
                        : VARIABLE + " holds " + count + " secrets, the first of them " + kind
                                + ". After the rotation, remove the old one.");
    }

    private static List<Finding> fail(String what, String why, String fix) {
        return List.of(Finding.fail(what, why, fix));
    }
}
