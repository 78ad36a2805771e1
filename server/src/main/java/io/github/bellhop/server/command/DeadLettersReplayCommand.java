package io.github.bellhop.server.command;

import io.github.bellhop.server.message.ReplayTally;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.retry.DeadLetters;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.store.Database;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bellhop dead-letters replay}: replays dead letters. */
@Command(
        name = "replay",
        description = {
            "Replay the dead letters of a message, those that the options select, or all with --all.",
            "",
            "The server or app that runs on the database processes them within seconds. Those without a payload stay dead."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dead-letters replay --handler welcome-mail",
            "  bellhop dead-letters replay --cause 'PSQLException 23505*' --yes",
            "",
            "Exit codes: 0 all due again; 1 some not due, or none found; 2 wrong usage."
        })
final class DeadLettersReplayCommand implements Callable<Integer> {
    @Mixin
    private final CommandContext context;

    @Option(names = "--all", description = "Replay all dead letters.")
    private boolean all;

    @Mixin
    private final DeadLetterWork work = new DeadLetterWork();

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    DeadLettersReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (work.isEmpty() && !all) {
            throw context.usage("No dead letters selected. Give a message id, --handler, --cause or --all.");
        }
        return store.use(context.environment(), this::replay);
    }

    private int replay(Database database) {
        String instanceId = context.environment().get("BELLHOP_INSTANCE_ID");
        Replay replay = new Replay(database, context.clock()).expecting(instanceId);
        ReplayTally tally = new ReplayTally(instanceId);
        return work.run(
                context,
                new DeadLetters(database, context.clock()),
                new DeadLetterWork.Words("To be replayed", "Due again", tally::others),
                letter -> tally.count(replay.replay(letter.messageId(), handlers(letter))));
    }

    private static List<String> handlers(DeadLetter letter) {
        return letter.handler().equals(DeadLetter.MIRROR) ? List.of() : List.of(letter.handler());
    }
}
