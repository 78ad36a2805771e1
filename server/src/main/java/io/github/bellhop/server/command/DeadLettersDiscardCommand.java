package io.github.bellhop.server.command;

import io.github.bellhop.sync.retry.DeadLetters;
import io.github.bellhop.sync.store.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bellhop dead-letters discard}: discards dead letters. */
@Command(
        name = "discard",
        description = {
            "Discard the dead letters of a message, or those that the options select.",
            "",
            "They no longer count as dead. Their cause and your reason are kept in bellhop_discards until old messages are"
                    + " deleted. You can still replay a discarded message while its payload is stored."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dead-letters discard msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA \\",
            "    --handler welcome-mail --reason 'sent by hand'",
            "  bellhop dead-letters discard --cause timed-out --reason 'too old' --yes",
            "",
            "Exit codes: 0 all discarded; 1 some not discarded, or none found; 2 wrong usage."
        })
final class DeadLettersDiscardCommand implements Callable<Integer> {
    private static final int MAX_REASON_LENGTH = 500;
    private static final DeadLetterWork.Words WORDS = new DeadLetterWork.Words(
            "To be discarded", "Discarded", () -> "they had changed or lost their payload in the meantime");

    @Mixin
    private final CommandContext context;

    @Mixin
    private final DeadLetterWork work = new DeadLetterWork();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why you discard them. Do not write personal data: the reason remains after a person is"
                    + " erased.")
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
            throw context.usage("No dead letters selected. Give a message id, --handler or --cause.");
        }
        if (reason.isBlank() || reason.length() > MAX_REASON_LENGTH) {
            throw context.usage("--reason must have 1 to " + MAX_REASON_LENGTH + " characters.");
        }
        return store.use(context.environment(), this::discard);
    }

    private int discard(Database database) {
        DeadLetters letters = new DeadLetters(database, context.clock());
        return work.run(
                context, letters, WORDS, letter -> letters.discard(letter.messageId(), letter.handler(), reason));
    }
}
