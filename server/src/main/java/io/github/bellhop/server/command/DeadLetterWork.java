package io.github.bellhop.server.command;

import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.inbox.DeathCause;
import io.github.bellhop.sync.mend.DeadLetters;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** One thing that is done with dead letters, after it was confirmed. */
final class DeadLetterWork {
    private static final int PAGE = 200;

    private final CommandSpec spec;
    private final Terminal terminal;
    private final String what;
    private final String done;

    /**
     * A piece of work.
     *
     * @param what what is said of them before, such as "To be discarded"
     * @param done what is said of those that are done, such as "Discarded"
     */
    DeadLetterWork(CommandSpec spec, Terminal terminal, String what, String done) {
        this.spec = spec;
        this.terminal = terminal;
        this.what = what;
        this.done = done;
    }

    /**
     * Does it.
     *
     * @param ask whether it is to be confirmed
     * @return the exit code
     */
    int run(DeadLetters letters, DeadLetterFilter filter, boolean ask, Predicate<DeadLetter> step) {
        long count =
                letters.causes(filter).stream().mapToLong(DeathCause::count).sum();
        if (count == 0) {
            Paragraph.tell(spec, "There is no such dead letter.");
            return CommandLine.ExitCode.SOFTWARE;
        }
        String said = what + ": " + count + (count == 1 ? " dead letter." : " dead letters.");
        if (!new Confirmation(terminal, spec).isGiven(!ask, said, "yes")) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        boolean all = new ManySteps<DeadLetter>(spec.commandLine().getErr(), done, count)
                .run(last -> letters.after(filter, last, PAGE), step, last -> "the same command again");
        return all ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
