package io.github.bellhop.server.command;

import io.github.bellhop.server.message.ManySteps;
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

    @Parameters(arity = "0..1", paramLabel = "MESSAGE-ID", description = "The message; for one nothing is asked.")
    private @Nullable String messageId;

    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /**
     * The words for one kind of work.
     *
     * @param what   announces it, such as "To be discarded"
     * @param done   reports its progress, such as "Discarded"
     * @param others says why the rest was left out
     */
    record Words(String what, String done, Supplier<String> others) {}

    /** Whether neither a message nor an option selects dead letters. */
    boolean isEmpty() {
        return messageId == null && options.isEmpty();
    }

    /**
     * Processes the selected dead letters.
     *
     * @param step processes one; returns false if it could not
     * @return the exit code
     */
    int run(CommandContext context, DeadLetters letters, Words words, Predicate<DeadLetter> step) {
        DeadLetterFilter filter = options.filter(messageId);
        long count =
                letters.causes(filter).stream().mapToLong(DeathCause::count).sum();
        if (count == 0) {
            context.say("There is no such dead letter.");
            return ExitCode.SOFTWARE;
        }
        String said = words.what() + ": " + count + (count == 1 ? " dead letter." : " dead letters.");
        if (!context.isConfirmed(messageId != null || yes, said, "yes")) {
            return ExitCode.SOFTWARE;
        }
        boolean all = new ManySteps<DeadLetter>(context.err(), words.done(), count, words.others())
                .run(last -> letters.after(filter, last, PAGE), step, last -> "the same command again");
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
