package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.sync.mend.DeadLetters;
import io.github.bellhop.sync.store.Database;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    private final ProgramEnvironment environment;
    private final InstantSource clock;
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MESSAGE-ID", description = "The message; for one nothing is asked.")
    private @Nullable String messageId;

    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for whoever asks later. No personal data: it outlives the person's erasure.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String reason;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    private DeadLettersDiscardCommand(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        this.environment = environment;
        this.clock = clock;
        this.terminal = terminal;
    }

    static CommandLine line(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        return new CommandLine(new DeadLettersDiscardCommand(environment, clock, terminal));
    }

    @Override
    public Integer call() {
        if (messageId == null && options.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Which dead letters? Give a message's id, --handler or --cause.");
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new ParameterException(spec.commandLine(), "--reason wants 1 to " + LONGEST_REASON + " characters.");
        }
        return store.use(environment, this::discard);
    }

    private int discard(Database database) {
        DeadLetters letters = new DeadLetters(database, clock);
        return new DeadLetterWork(spec, terminal, "To be discarded", "Discarded")
                .run(
                        letters,
                        options.filter(messageId),
                        messageId == null && !yes,
                        letter -> letters.discard(letter.messageId(), letter.handler(), reason));
    }
}
