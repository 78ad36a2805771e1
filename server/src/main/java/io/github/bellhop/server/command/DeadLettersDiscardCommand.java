package io.github.bellhop.server.command;

import io.github.bellhop.sync.retry.DeadLetters;
import io.github.bellhop.sync.store.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bellhop dead-letters discard}: gives dead letters up. */
@Command(
        name = "discard",
        description = {
            "Gives dead letters up: those of a message, or those that are meant by the options.",
            "",
            "They count as dead no longer. What they died of, and your reason, stand in bellhop_discards until old messages"
                    + " are forgotten. A message can be replayed afterwards, as long as its payload is there."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dead-letters discard msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA \\",
            "    --handler welcome-mail --reason 'sent by hand'",
            "  bellhop dead-letters discard --cause timed-out --reason 'too old' --yes",
            "",
            "Exit codes: 0 well, 1 not all were discarded, or none found, 2 wrong usage."
        })
final class DeadLettersDiscardCommand implements Callable<Integer> {
    private static final int LONGEST_REASON = 500;
    private static final DeadLetterWork.Words WORDS = new DeadLetterWork.Words(
            "To be discarded", "Discarded", () -> "they had changed or lost their payload meanwhile");

    @Mixin
    private final CommandContext context;

    @Mixin
    private final DeadLetterWork work = new DeadLetterWork();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for whoever asks later. No personal data: it outlives the person's erasure.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String reason;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    DeadLettersDiscardCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (work.isEmpty()) {
            throw context.usage("Which dead letters? Give a message's id, --handler or --cause.");
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw context.usage("--reason wants 1 to " + LONGEST_REASON + " characters.");
        }
        return store.use(context.environment(), this::discard);
    }

    private int discard(Database database) {
        DeadLetters letters = new DeadLetters(database, context.clock());
        return work.run(
                context, letters, WORDS, letter -> letters.discard(letter.messageId(), letter.handler(), reason));
    }
}
