package io.github.bellhop.test;

import io.github.bellhop.sync.inbox.RunRecord;
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

    private final TableReader reader;
    private final MessageReader messages;

    private Mirror(Database database) {
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
        List<RunRecord> open = runs(event);
        while (!open.isEmpty()) {
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
            open = runs(event);
        }
        return event;
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
        return messages.message(event.messageId())
                .orElseThrow(() ->
                        new AssertionError("The message " + event.messageId() + " was not kept; deliver it first."))
                .runs();
    }

    private static String told(RunRecord run) {
        return "The handler " + run.handler() + " (attempts: " + run.attempts() + ", reason of the last failure: "
                + run.reason() + ")";
    }
}
