package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ShownUrl;
import io.github.bellhop.sync.backend.BackendAnswer;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendPage;
import java.util.List;

/** Checks that Clerk's Backend API accepts the secret key. */
record BackendCheck(Situation situation) implements Check {
    private static final String VARIABLE = EnvironmentVariables.SECRET_KEY;
    private static final String FIX =
            "Copy a Secret Key of this instance from the Clerk Dashboard (API keys) into " + VARIABLE + ".";

    @Override
    public List<Finding> run() {
        if (situation.secretKey() == null) {
            return List.of(Finding.skip(VARIABLE + " is not set, so Clerk's Backend API was not checked.", FIX));
        }
        BackendApi clerk = situation.backend();
        if (clerk == null) {
            return List.of(Finding.fail(
                    VARIABLE + " is not a Secret Key, or bellhop.backend-api.url is not an https origin.",
                    "A Secret Key begins with sk_. A pk_ key is for browsers, and a whsec_ key is for webhooks.",
                    FIX));
        }
        return List.of(clerk.list(new BackendPage(BackendPage.Listing.USERS, 1, 0))
                .fold(new BackendAnswer.Cases<Finding>(
                        found -> Finding.ok("Clerk's Backend API accepts the secret key."),
                        () -> unavailable("status 404"),
                        limited -> Finding.warn(
                                "Clerk answers 429: too many requests.",
                                "A program that uses this key sends too many requests.",
                                "Wait " + limited.retryAfter().toSeconds() + " seconds."),
                        refused -> Finding.fail(
                                "Clerk rejected the secret key (status " + refused.status() + ").",
                                "The key was rolled or deleted, belongs to another instance, or is incomplete.",
                                FIX),
                        unavailable -> unavailable(unavailable.reason()))));
    }

    private Finding unavailable(String reason) {
        return Finding.fail(
                "Clerk's Backend API at "
                        + ShownUrl.server(situation.settings().backendApi().url()) + " gave no usable answer ("
                        + reason + ").",
                "It cannot be reached from here, or something in between answered.",
                "Allow https connections from this machine to that address. bellhop.backend-api.url sets it.");
    }
}
