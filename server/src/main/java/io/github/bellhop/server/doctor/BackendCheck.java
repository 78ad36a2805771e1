package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ShownUrl;
import io.github.bellhop.sync.backend.BackendAnswer;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendPage;
import java.util.List;

/** Whether Clerk's Backend API takes the secret key. */
record BackendCheck(Situation situation) implements Check {
    private static final String VARIABLE = EnvironmentVariables.SECRET_KEY;
    private static final String FIX =
            "Copy a Secret Key of this instance from the Clerk Dashboard (API keys) into " + VARIABLE + ".";

    @Override
    public List<Finding> look() {
        if (situation.secretKey() == null) {
            return List.of(
                    Finding.skip("Without " + VARIABLE + ", what Clerk itself has could not be looked at.", FIX));
        }
        BackendApi clerk = situation.backend();
        if (clerk == null) {
            return List.of(Finding.fail(
                    VARIABLE + " is no Secret Key, or bellhop.backend-api.url is no https origin.",
                    "A Secret Key begins with sk_: a pk_ key is for browsers, a whsec_ one for webhooks.",
                    FIX));
        }
        return List.of(clerk.list(new BackendPage(BackendPage.Listing.USERS, 1, 0))
                .fold(new BackendAnswer.Cases<Finding>(
                        found -> Finding.ok("Clerk's Backend API takes the secret key."),
                        () -> unavailable("status 404"),
                        limited -> Finding.warn(
                                "Clerk answers 429: too much was asked.",
                                "Some program of yours asks it all the time.",
                                "Wait " + limited.retryAfter().toSeconds() + " seconds."),
                        refused -> Finding.fail(
                                "Clerk refused the secret key (status " + refused.status() + ").",
                                "It was rolled or deleted, is of another instance, or was cut short.",
                                FIX),
                        unavailable -> unavailable(unavailable.reason()))));
    }

    private Finding unavailable(String reason) {
        return Finding.fail(
                "No answer to rely on from "
                        + ShownUrl.server(situation.settings().backendApi().url()) + " (" + reason + ").",
                "It cannot be reached from here, or something in between answers.",
                "Let this machine reach it by https; bellhop.backend-api.url names it.");
    }
}
