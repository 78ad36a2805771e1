package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.mend.DeadLetters;
import io.github.bellhop.sync.mend.Replay;
import io.github.bellhop.sync.store.Database;
import java.time.InstantSource;
import java.util.List;
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

/** {@code bellhop dead-letters replay}: has dead letters applied again. */
@Command(
        name = "replay",
        description = {
            "Has dead letters applied again: those of a message, those that are meant by the options, or all with --all.",
            "",
            "The server or app that runs on the database takes them within seconds. Those whose payload is gone stay dead."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dead-letters replay --handler welcome-mail",
            "  bellhop dead-letters replay --cause 'PSQLException 23505*' --yes",
            "",
            "Exit codes: 0 well, 1 not all were made due, or none found, 2 wrong usage."
        })
final class DeadLettersReplayCommand implements Callable<Integer> {
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

    @Option(names = "--all", description = "All dead letters.")
    private boolean all;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    private DeadLettersReplayCommand(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        this.environment = environment;
        this.clock = clock;
        this.terminal = terminal;
    }

    static CommandLine line(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        return new CommandLine(new DeadLettersReplayCommand(environment, clock, terminal));
    }

    @Override
    public Integer call() {
        if (messageId == null && options.isEmpty() && !all) {
            throw new ParameterException(
                    spec.commandLine(), "Which dead letters? Give a message's id, --handler, --cause or --all.");
        }
        return store.use(environment, this::replay);
    }

    private int replay(Database database) {
        Replay replay = new Replay(database, clock);
        return new DeadLetterWork(spec, terminal, "To be applied again", "Due again")
                .run(
                        new DeadLetters(database, clock),
                        options.filter(messageId),
                        messageId == null && !yes,
                        letter -> replay.replay(letter.messageId(), handlers(letter)) == Replay.Outcome.DUE);
    }

    private static List<String> handlers(DeadLetter letter) {
        return letter.handler().equals(DeadLetter.MIRROR) ? List.of() : List.of(letter.handler());
    }
}
