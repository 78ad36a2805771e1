package io.github.bellhop.server.command;

import io.github.bellhop.server.message.StepRunner;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.inbox.DeathCause;
import io.github.bellhop.sync.retry.DeadLetters;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Selects dead letters, asks for confirmation, and processes them one after another. */
final class DeadLetterWork {
    private static final int PAGE = 200;

    @Parameters(
            arity = "0..1",
            paramLabel = "MESSAGE-ID",
            description = "Id of the message. A single message needs no confirmation.")
    private @Nullable String messageId;

    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--yes", description = "Skip the confirmation.")
    private boolean yes;

    /**
     * The phrases for one kind of work.
     *
     * @param what   announces the work, such as "To be discarded"
     * @param done   reports progress, such as "Discarded"
     * @param others explains why the remaining dead letters were skipped
     */
    record Words(String what, String done, Supplier<String> others) {}

    /** Whether neither a message id nor an option selects dead letters. */
    boolean isEmpty() {
        return messageId == null && options.isEmpty();
    }

    /**
     * Processes the selected dead letters.
     *
     * @param step processes one dead letter; returns false if it was skipped
     * @return the exit code
     */
    int run(CommandContext context, DeadLetters letters, Words words, Predicate<DeadLetter> step) {
        DeadLetterFilter filter = options.filter(messageId);
        long count =
                letters.causes(filter).stream().mapToLong(DeathCause::count).sum();
        if (count == 0) {
            context.say("No dead letter matches.");
            return ExitCode.SOFTWARE;
        }
        String announcement = words.what() + ": " + count + (count == 1 ? " dead letter." : " dead letters.");
        if (!context.confirm(messageId != null || yes, announcement, "yes")) {
            return ExitCode.SOFTWARE;
        }
        boolean all = new StepRunner<DeadLetter>(context.err(), words.done(), count, words.others())
                .run(last -> letters.after(filter, last, PAGE), step, last -> "run the same command again");
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
