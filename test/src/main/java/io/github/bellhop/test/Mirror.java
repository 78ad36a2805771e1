package io.github.bellhop.test;

import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.read.KeptMessage;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.read.ShownRow;
import io.github.bellhop.sync.read.TableReader;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asserts the content of the mirror of the app under test, and waits for its handlers. It reads the database, so the
 * app may run in this process or elsewhere. Safe for concurrent use.
 *
 * <pre>{@code
 * mirror.user("user_1").isLive().has("first_name", "Ann");
 * mirror.awaitHandlers(event);
 * }</pre>
 */
public final class Mirror {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private final Database database;
    private final TableReader reader;
    private final MessageReader messages;

    private Mirror(Database database) {
        this.database = database;
        reader = new TableReader(database);
        messages = new MessageReader(database);
    }

    /**
     * Creates assertions on the mirror in the app's database.
     *
     * @throws IllegalStateException if the database cannot be reached
     */
    public static Mirror of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            return of(Database.of(dataSource, Databases.dialectOf(url)));
        } catch (SQLException fault) {
            throw new IllegalStateException(
                    "The app's database cannot be reached. Make sure that it is running.", fault);
        }
    }

    /** Creates assertions on the mirror in this database. */
    public static Mirror of(Database database) {
        return new Mirror(database);
    }

    /** Returns the row of the user with this Clerk id. */
    public MirrorRow user(String id) {
        return row("clerk_users", id);
    }

    /** Returns the row of the organization with this Clerk id. */
    public MirrorRow organization(String id) {
        return row("clerk_organizations", id);
    }

    /** Returns the row of the session with this Clerk id. */
    public MirrorRow session(String id) {
        return row("clerk_sessions", id);
    }

    /** Returns the row of a user's membership in an organization, by their Clerk ids. */
    public MirrorRow membership(String userId, String organizationId) {
        return first(
                "clerk_organization_memberships",
                "The membership of " + userId + " in " + organizationId,
                userId,
                row -> organizationId.equals(row.values().get("organization_id")));
    }

    /**
     * Returns a row of any table that has the column {@code id}.
     *
     * @param table such as {@code clerk_organization_invitations}
     */
    public MirrorRow row(String table, String id) {
        if (!TableReader.tables().contains(table)) {
            throw new AssertionError("Unknown table " + table + ". The tables are " + TableReader.tables() + ".");
        }
        return first(table, id, id, row -> id.equals(row.values().get("id")));
    }

    private MirrorRow first(String table, String what, String id, Predicate<ShownRow> wanted) {
        ShownRow found = reader.entity(id).stream()
                .filter(row -> row.table().equals(table) && wanted.test(row))
                .findFirst()
                .orElse(null);
        return new MirrorRow(what + " (" + table + ")", found);
    }

    /**
     * Waits at most 10 seconds until every handler of the event is done with it.
     *
     * @return the event
     * @throws AssertionError if the message was not stored, a handler gave up, or a handler is not done in time; the
     *     message names the handler and the reason for its last failure
     */
    public SignedEvent awaitHandlers(SignedEvent event) {
        return awaitHandlers(event, DEFAULT_TIMEOUT);
    }

    /** Waits like {@link #awaitHandlers(SignedEvent)}, but with the given timeout. */
    public SignedEvent awaitHandlers(SignedEvent event, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (List<RunRecord> open = runs(event); !open.isEmpty(); open = runs(event)) {
            for (RunRecord run : open) {
                if (run.diedAt() != null) {
                    throw new AssertionError(describe(run) + " gave up on " + event.messageId() + ".");
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(
                        describe(open.get(0)) + " is not done with " + event.messageId() + " after " + timeout + ".");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return event;
    }

    /**
     * Waits at most 10 seconds until every handler is done with the event or has given up.
     *
     * @return the event
     * @throws AssertionError if the message was not stored, or a handler is still busy after that time
     */
    public SignedEvent awaitSettled(SignedEvent event) {
        eventually(() -> runs(event).stream()
                .filter(run -> run.diedAt() == null)
                .findFirst()
                .ifPresent(run -> {
                    throw new AssertionError(describe(run) + " is not done with " + event.messageId() + ".");
                }));
        return event;
    }

    /**
     * Repeats an assertion until it holds, for at most 10 seconds. Use this for changes that happen in the background,
     * such as those from the simulator.
     *
     * @throws AssertionError the assertion's last error
     */
    public void eventually(Runnable assertion) {
        long deadline = System.nanoTime() + DEFAULT_TIMEOUT.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Asserts that the event changed rows of the mirror. */
    public void isMirrored(SignedEvent event) {
        hasState(event, MessageState.MIRRORED);
    }

    /** Asserts that the event was skipped as stale: the mirror already had a newer state, or the entity is deleted. */
    public void isStale(SignedEvent event) {
        hasState(event, MessageState.STALE);
    }

    private void hasState(SignedEvent event, MessageState wanted) {
        MessageState state = kept(event).message().state();
        if (state != wanted) {
            throw new AssertionError(
                    "The message " + event.messageId() + " is " + state.id() + ", not " + wanted.id() + ".");
        }
    }

    /**
     * Empties all of Bellhop's tables, so that the next test starts without this test's messages and rows. Waits for
     * running handlers.
     */
    public void clear() {
        MirrorCleaner.clear(database);
    }

    /**
     * Asserts that a handler gave up on the event.
     *
     * @param reason the handler's own reason, or the code or SQLState of its exception; null accepts any reason
     */
    public void hasDeadLetter(SignedEvent event, String handler, @Nullable String reason) {
        RunRecord run = runs(event).stream()
                .filter(candidate -> handler.equals(candidate.handler()) && candidate.diedAt() != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "The handler " + handler + " has no dead letter for " + event.messageId() + "."));
        if (reason != null && !reason.equals(run.reason())) {
            throw new AssertionError(describe(run) + " gave up on " + event.messageId() + ", not for " + reason + ".");
        }
    }

    private List<RunRecord> runs(SignedEvent event) {
        return kept(event).runs();
    }

    private KeptMessage kept(SignedEvent event) {
        return messages.message(event.messageId())
                .orElseThrow(() ->
                        new AssertionError("The message " + event.messageId() + " was not stored. Deliver it first."));
    }

    private static String describe(RunRecord run) {
        return "The handler " + run.handler() + " (attempts: " + run.attempts() + ", reason for the last failure: "
                + run.reason() + ")";
    }
}
