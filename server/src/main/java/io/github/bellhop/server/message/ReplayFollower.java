package io.github.bellhop.server.message;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.inbox.RunState;
import io.github.bellhop.sync.read.KeptMessage;
import io.github.bellhop.sync.read.MessageReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows a replayed message until the mirror and its handlers have finished with it, or one of them has failed.
 */
public final class ReplayFollower {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final MessageReader reader;
    private final String messageId;
    private final Collection<String> handlers;

    /**
     * Creates a follower.
     *
     * @param handlers the handlers that are called
     */
    public ReplayFollower(MessageReader reader, String messageId, Collection<String> handlers) {
        this.reader = reader;
        this.messageId = messageId;
        this.handlers = new TreeSet<>(handlers);
    }

    /**
     * The result of a replay.
     *
     * @param lines one line for the mirror and one for each handler
     * @param well  whether the mirror and all handlers succeeded
     */
    public record End(List<String> lines, boolean well) {}

    /** Follows the message for at most the given time. */
    public End follow(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            boolean late = System.nanoTime() - deadline >= 0;
            Optional<KeptMessage> found = reader.message(messageId);
            if (found.isEmpty()) {
                return new End(List.of("The message is gone."), false);
            }
            End end = end(found.get(), late, timeout);
            if (end != null) {
                return end;
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    private @Nullable End end(KeptMessage kept, boolean late, Duration timeout) {
        MessageRecord message = kept.message();
        boolean mirrorFailed = message.nextAttemptAt() != null && message.attempts() > 0;
        boolean mirrorWaits = message.nextAttemptAt() != null && !mirrorFailed;
        boolean runWaits = kept.runs().stream().anyMatch(run -> run.state() == RunState.WAITING && isFollowed(run));
        if (!late && !mirrorFailed && (mirrorWaits || runWaits)) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        boolean well = !mirrorWaits && !mirrorFailed && message.listed().isWell();
        lines.add("mirror: " + mirror(message, mirrorFailed));
        for (String handler : handlers) {
            RunRecord run = kept.runs().stream()
                    .filter(candidate -> candidate.handler().equals(handler))
                    .findFirst()
                    .orElse(null);
            well &= run == null;
            lines.add("handler " + handler + ": " + (run == null ? "done" : status(run)));
        }
        if (late && (mirrorWaits || runWaits)) {
            lines.add("Still waiting after " + timeout.toSeconds()
                    + " s. Check that bellhop serve, or the app with the handlers, is running on this database.");
        }
        return new End(lines, well);
    }

    private boolean isFollowed(RunRecord run) {
        return handlers.contains(run.handler());
    }

    private static String mirror(MessageRecord message, boolean failed) {
        String reason = message.reason() == null ? "" : " (" + message.reason() + ")";
        return failed
                ? "failed" + reason + "; the next attempt is at " + message.nextAttemptAt()
                : message.listed().id() + reason;
    }

    private static String status(RunRecord run) {
        String cause = run.cause() == null ? "" : " (" + run.cause() + ")";
        return switch (run.state()) {
            case WAITING -> "waiting";
            case FAILING -> "failed" + cause + "; the next attempt is at " + run.nextAttemptAt();
            case DEAD -> "dead letter after " + run.attempts() + " attempts" + cause;
        };
    }
}
