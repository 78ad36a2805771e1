package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import java.util.List;

/** Whether the signing secret is there and is one. */
record SecretCheck(Situation situation) implements Check {
    private static final String VARIABLE = EnvironmentVariables.SIGNING_SECRET;
    private static final String FIX =
            "Copy the Signing Secret of this very endpoint from the Clerk Dashboard (Webhooks)" + " into " + VARIABLE
                    + "; it begins with whsec_.";

    @Override
    public List<Finding> look() {
        String text = situation.settings().signingSecret();
        if (text.isBlank() && !situation.signingSecret().isBlank()) {
            return List.of(Finding.warn(
                    VARIABLE + " is not set; the secret that bellhop dev keeps here is taken.",
                    "bellhop dev runs with it. bellhop serve needs Clerk's.",
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
                    VARIABLE + " has quotation marks in it.",
                    "Bellhop takes quotes around a value of a .env file away; docker --env-file, systemd and some"
                            + " platforms leave them there.",
                    "Remove the quotation marks where the variable is set.");
        }
        try {
            List<SigningSecret> secrets = SigningSecret.parseList(text);
            SignatureVerifier.of(secrets);
            return List.of(judged(text, secrets.size()));
        } catch (InvalidSecretException wrong) {
            // What is wrong, and from there on what to do in general.
            String told = String.valueOf(wrong.getMessage()).replaceFirst(" Copy the Signing Secret.*$", "");
            return fail(
                    told,
                    text.strip().startsWith("whsk_")
                            ? "A whsk_ key signs. It belongs to the sender."
                            : "No delivery could be verified with it, and the program does not start.",
                    FIX);
        }
    }

    private static Finding judged(String text, int count) {
        if (!text.strip().startsWith("wh")) {
            return Finding.warn(
                    VARIABLE + " has no whsec_ before its key.",
                    "It can be used, but other tools refuse it, and half a secret looks the same.",
                    FIX);
        }
        String kind = text.strip().startsWith("whpk_") ? "a whpk_ key, which only verifies" : "a whsec_ key";
        return Finding.ok(
                count == 1
                        ? VARIABLE + " is " + kind + "."
                        : VARIABLE + " holds " + count + " secrets, the first of them " + kind
                                + ". When the rotation is over, take the old one away.");
    }

    private static List<Finding> fail(String what, String why, String fix) {
        return List.of(Finding.fail(what, why, fix));
    }
}
