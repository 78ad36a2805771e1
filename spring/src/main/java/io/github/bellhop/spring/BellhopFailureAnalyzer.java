package io.github.bellhop.spring;

import io.github.bellhop.BellhopException;
import io.github.bellhop.InvalidSettingException;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.UnsupportedDatabaseException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in the app's own terms why Bellhop, and so the app, does not start, and what to do. */
final class BellhopFailureAnalyzer extends AbstractFailureAnalyzer<BellhopException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BellhopException cause) {
        return new FailureAnalysis("Bellhop does not start: " + cause.getMessage(), action(cause), cause);
    }

    private static String action(BellhopException cause) {
        if (cause instanceof MisconfigurationException setting) {
            return setting.action();
        }
        if (cause instanceof InvalidSettingException setting) {
            return setting.fix();
        }
        if (cause instanceof InvalidSecretException) {
            return "Set bellhop.signing-secret, or CLERK_WEBHOOK_SIGNING_SECRET in the environment, to the endpoint's"
                    + " Signing Secret. To start without Bellhop, set bellhop.enabled to false.";
        }
        if (cause instanceof UnsupportedDatabaseException) {
            return "Set bellhop.database.url to a database for Bellhop's tables alone: jdbc:postgresql://HOST:5432/NAME"
                    + " or jdbc:sqlite:data/bellhop.db. The app's own DataSource stays as it is.";
        }
        if (cause instanceof SchemaException schema) {
            return schema.isRightMissing()
                    ? "Give the database user that right, or run the migrations as another user and set bellhop.schema to"
                            + " validate."
                    : "Fix what the message names. With bellhop.schema set to validate, the app changes no tables: run"
                            + " bellhop schema migrate before, or set it to migrate.";
        }
        return "Fix what the message names. To start without Bellhop, set bellhop.enabled to false.";
    }
}
