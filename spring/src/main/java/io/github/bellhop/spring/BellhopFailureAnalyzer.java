package io.github.bellhop.spring;

import io.github.bellhop.BellhopException;
import io.github.bellhop.InvalidSettingException;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.UnsupportedDatabaseException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why Bellhop, and therefore the app, does not start, and what to do, in terms of the app's properties. */
final class BellhopFailureAnalyzer extends AbstractFailureAnalyzer<BellhopException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BellhopException cause) {
        return new FailureAnalysis("Bellhop cannot start: " + cause.getMessage(), action(cause), cause);
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
            return "Set bellhop.database.url to a separate database for Bellhop's tables:"
                    + " jdbc:postgresql://HOST:5432/NAME or jdbc:sqlite:data/bellhop.db. The app's own DataSource stays"
                    + " unchanged.";
        }
        if (cause instanceof SchemaException schema) {
            return schema.isRightMissing()
                    ? "Grant the database user this permission, or run the migrations as another user and set"
                            + " bellhop.schema to validate."
                    : "Fix the problem named in the message. With bellhop.schema set to validate, the app creates no"
                            + " tables: run bellhop schema migrate first, or set bellhop.schema to migrate.";
        }
        return "Fix the problem named in the message. To start without Bellhop, set bellhop.enabled to false.";
    }
}
