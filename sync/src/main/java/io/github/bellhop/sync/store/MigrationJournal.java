package io.github.bellhop.sync.store;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the limits of each migration at the server. Logs the start, the end and the duration of each migration. Used by
 * a single thread.
 */
final class MigrationJournal implements Callback {
    private static final Logger log = LoggerFactory.getLogger(MigrationJournal.class);

    private final Database database;
    private long started;

    MigrationJournal(Database database) {
        this.database = database;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE
                || event == Event.AFTER_EACH_MIGRATE
                || event == Event.AFTER_EACH_MIGRATE_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        String name = context.getMigrationInfo().getVersion() + " ("
                + context.getMigrationInfo().getDescription() + ")";
        if (event == Event.BEFORE_EACH_MIGRATE) {
            started = System.nanoTime();
            log.info("Migration {} started", name);
            limit(context);
        } else {
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            boolean done = event == Event.AFTER_EACH_MIGRATE;
            log.info("Migration {} {} after {} ms", name, done ? "finished" : "failed", took.toMillis());
        }
    }

    private void limit(Context context) {
        try {
            database.dialect().limit(context.getConnection(), database.scoped(Limits.MIGRATION));
        } catch (SQLException fault) {
            throw new FlywayException(fault);
        }
    }

    @Override
    public String getCallbackName() {
        return "bellhop";
    }
}
