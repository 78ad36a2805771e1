package io.github.bellhop.server.command;

import io.github.bellhop.sync.inbox.DeadLetterFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select dead letters by handler and cause. */
final class DeadLetterOptions {
    @Option(
            names = "--handler",
            paramLabel = "NAME",
            description =
                    "Only dead letters of this handler. The name mirror selects messages that could not be mirrored.")
    private @Nullable String handler;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            description = "Only dead letters with this cause, as bellhop dead-letters lists it. * matches any text.")
    private @Nullable String cause;

    DeadLetterFilter filter(@Nullable String messageId) {
        return new DeadLetterFilter(messageId, handler, cause);
    }

    boolean isEmpty() {
        return handler == null && cause == null;
    }
}
