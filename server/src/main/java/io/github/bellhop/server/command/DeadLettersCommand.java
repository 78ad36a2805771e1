package io.github.bellhop.server.command;

import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeathCause;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.retry.DeadLetters;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bellhop dead-letters}: lists dead letters by cause. */
@Command(
        name = "dead-letters",
        description = {
            DeadLettersCommand.ABOUT,
            "",
            "Fix the cause, then replay the dead letters. Discard those that you do not need."
        },
        footer = {
            "",
            "Examples:",
            "  bellhop dead-letters",
            "  bellhop dead-letters --handler welcome-mail --each --json",
            "  bellhop dead-letters replay --cause 'PSQLException 23505*'",
            "",
            "Exit codes: 0 success, even if there are no dead letters; 2 wrong usage."
        })
final class DeadLettersCommand implements Callable<Integer> {
    /** The description in the list of commands. */
    static final String ABOUT = "List the causes of dead letters, with the number and an example of each.";

    private static final int PAGE = 500;

    @Mixin
    private final CommandContext context;

    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--each", description = "List every dead letter instead of every cause.")
    private boolean each;

    @Option(names = "--json", description = "Print one line of JSON per cause, or per dead letter with --each.")
    private boolean json;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    private DeadLettersCommand(CommandContext context) {
        this.context = context;
    }

    static CommandLine line(CommandContext context) {
        return new CommandLine(new DeadLettersCommand(context))
                .addSubcommand(new CommandLine(new DeadLettersReplayCommand(context.copy())))
                .addSubcommand(new CommandLine(new DeadLettersDiscardCommand(context.copy())));
    }

    @Override
    public Integer call() {
        return store.use(context.environment(), database -> {
            DeadLetters letters = new DeadLetters(database, context.clock());
            boolean any = each ? listEach(letters) : listCauses(letters);
            context.out().flush();
            if (!any) {
                context.say("No dead letters match.");
            }
            return CommandLine.ExitCode.OK;
        });
    }

    private boolean listCauses(DeadLetters letters) {
        List<DeathCause> causes = letters.causes(options.filter(null));
        for (DeathCause cause : causes) {
            if (json) {
                JsonLine line = new JsonLine();
                line.put("handler", cause.handler());
                line.put("cause", cause.reason());
                line.put("count", cause.count());
                line.put("last_died_at", cause.last());
                line.put("example", cause.example());
                context.out().println(line.text());
            } else {
                print("", cause.count() + " " + cause.handler() + ": " + cause.reason());
                print("    ", "last " + cause.last() + ", for example " + cause.example());
            }
        }
        return !causes.isEmpty();
    }

    private boolean listEach(DeadLetters letters) {
        DeadLetter last = null;
        List<DeadLetter> page = letters.after(options.filter(null), null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::list);
            last = page.get(page.size() - 1);
            page = letters.after(options.filter(null), last, PAGE);
        }
        return last != null;
    }

    private void list(DeadLetter letter) {
        RunRecord run = letter.run();
        Instant first = run == null ? null : run.firstFailedAt();
        Instant last = run == null ? null : run.lastFailedAt();
        if (json) {
            JsonLine line = new JsonLine();
            line.put("message_id", letter.messageId());
            line.put("type", letter.type());
            line.put("entity_id", letter.entityId());
            line.put("handler", letter.handler());
            line.put("cause", letter.reason());
            line.put("detail", run == null ? null : run.detail());
            line.put("attempts", letter.attempts());
            line.put("first_failed_at", first);
            line.put("last_failed_at", last);
            line.put("died_at", letter.diedAt());
            context.out().println(line.text());
        } else {
            print("", letter.messageId() + " " + letter.handler());
            print(
                    "    ",
                    (letter.type() == null ? "(untyped)" : letter.type())
                            + (letter.entityId() == null ? "" : " " + letter.entityId()));
            print("    ", "died " + letter.diedAt() + " after " + letter.attempts() + " attempts: " + letter.cause());
            if (first != null) {
                print("    ", "first failed " + first + ", last " + last);
            }
        }
    }

    private void print(String indent, String text) {
        context.out().print(Paragraph.of(indent, text));
    }
}
