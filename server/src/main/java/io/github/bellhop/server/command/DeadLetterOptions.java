package io.github.bellhop.server.command;

import io.github.bellhop.sync.inbox.DeadLetterFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant, besides a message. */
final class DeadLetterOptions {
    @Option(
            names = "--handler",
            paramLabel = "NAME",
            description = "Only those of this handler; mirror is what the tables could not take.")
    private @Nullable String handler;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            description = "Only those that died of this, as the list has it; * stands for anything.")
    private @Nullable String cause;

    DeadLetterFilter filter(@Nullable String messageId) {
        return new DeadLetterFilter(messageId, handler, cause);
    }

    boolean isEmpty() {
        return handler == null && cause == null;
    }
}
