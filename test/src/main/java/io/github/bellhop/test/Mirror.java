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
 * Asserts what is in the mirror of the app under test, and waits for its handlers. It reads the database, so the app may
 * run in this program or elsewhere. Safe for concurrent use.
 *
 * <pre>{@code
 * mirror.user("user_1").isLive().has("first_name", "Ann");
 * mirror.awaitHandlers(event);
 * }</pre>
 */
public final class Mirror {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
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
     * The mirror in the app's database.
     *
     * @throws IllegalStateException when the database cannot be reached
     */
    public static Mirror of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            return of(Database.of(dataSource, Databases.dialectOf(url)));
        } catch (SQLException fault) {
            throw new IllegalStateException("The app's database cannot be reached; see that it runs.", fault);
        }
    }

    /** The mirror in this database. */
    public static Mirror of(Database database) {
        return new Mirror(database);
    }

    /** A user, by Clerk's id. */
    public MirrorRow user(String id) {
        return row("clerk_users", id);
    }

    /** An organization, by Clerk's id. */
    public MirrorRow organization(String id) {
        return row("clerk_organizations", id);
    }

    /** A session, by Clerk's id. */
    public MirrorRow session(String id) {
        return row("clerk_sessions", id);
    }

    /** The membership of a user in an organization, by their Clerk ids. */
    public MirrorRow membership(String userId, String organizationId) {
        return first(
                "clerk_organization_memberships",
                "The membership of " + userId + " in " + organizationId,
                userId,
                row -> organizationId.equals(row.values().get("organization_id")));
    }

    /**
     * A row of any table with an {@code id}.
     *
     * @param table such as {@code clerk_organization_invitations}
     */
    public MirrorRow row(String table, String id) {
        if (!TableReader.tables().contains(table)) {
            throw new AssertionError("There is no table " + table + "; there are " + TableReader.tables() + ".");
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
     * Waits until every handler that wants the event is done with it, at most 10 seconds.
     *
     * @return the event
     * @throws AssertionError when the message was not kept, when a handler gave it up, or when one is not done in time;
     *     it tells which handler, and why its last attempt failed
     */
    public SignedEvent awaitHandlers(SignedEvent event) {
        return awaitHandlers(event, USUAL_PATIENCE);
    }

    /** The same with another patience. */
    public SignedEvent awaitHandlers(SignedEvent event, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (List<RunRecord> open = runs(event); !open.isEmpty(); open = runs(event)) {
            for (RunRecord run : open) {
                if (run.diedAt() != null) {
                    throw new AssertionError(told(run) + " has given up " + event.messageId() + ".");
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(
                        told(open.get(0)) + " is not done with " + event.messageId() + " after " + patience + ".");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return event;
    }

    /**
     * Waits until every handler is done with the event or has given it up, at most 10 seconds.
     *
     * @return the event
     * @throws AssertionError when the message was not kept, or a handler still has it to do after that time
     */
    public SignedEvent awaitSettled(SignedEvent event) {
        eventually(() -> runs(event).stream()
                .filter(run -> run.diedAt() == null)
                .findFirst()
                .ifPresent(run -> {
                    throw new AssertionError(told(run) + " is not done with " + event.messageId() + ".");
                }));
        return event;
    }

    /**
     * Tries an assertion again and again until it holds, at most 10 seconds: for what comes by itself, from the simulator
     * for example.
     *
     * @throws AssertionError what the assertion threw last
     */
    public void eventually(Runnable assertion) {
        long deadline = System.nanoTime() + USUAL_PATIENCE.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() - deadline >= 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Asserts that the event changed rows of the mirror. */
    public void isMirrored(SignedEvent event) {
        hasState(event, MessageState.MIRRORED);
    }

    /** Asserts that the event was skipped as stale: the mirror had a newer state already, or the entity is deleted. */
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
     * Empties all tables of Bellhop, so that the next test begins with none of this one's messages and rows. Waits for
     * handlers that are under way.
     */
    public void clear() {
        MirrorCleaner.clear(database);
    }

    /**
     * Asserts that a handler gave the event up.
     *
     * @param reason the one it gave, or the code or SQLState of what was thrown; null for any
     */
    public void hasDeadLetter(SignedEvent event, String handler, @Nullable String reason) {
        RunRecord run = runs(event).stream()
                .filter(candidate -> handler.equals(candidate.handler()) && candidate.diedAt() != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "The handler " + handler + " has no dead letter of " + event.messageId() + "."));
        if (reason != null && !reason.equals(run.reason())) {
            throw new AssertionError(told(run) + " has given up " + event.messageId() + ", not for " + reason + ".");
        }
    }

    private List<RunRecord> runs(SignedEvent event) {
        return kept(event).runs();
    }

    private KeptMessage kept(SignedEvent event) {
        return messages.message(event.messageId())
                .orElseThrow(() ->
                        new AssertionError("The message " + event.messageId() + " was not kept; deliver it first."));
    }

    private static String told(RunRecord run) {
        return "The handler " + run.handler() + " (attempts: " + run.attempts() + ", reason of the last failure: "
                + run.reason() + ")";
    }
}
