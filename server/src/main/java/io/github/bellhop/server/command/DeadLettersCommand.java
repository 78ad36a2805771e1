package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeathCause;
import io.github.bellhop.sync.mend.DeadLetters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code bellhop dead-letters}: what could not be applied, by cause. */
@Command(
        name = "dead-letters",
        description = {DeadLettersCommand.ABOUT, "", "Mend the cause, then replay them; or discard what nobody needs."},
        footer = {
            "",
            "Examples:",
            "  bellhop dead-letters",
            "  bellhop dead-letters --handler welcome-mail --each --json",
            "  bellhop dead-letters replay --cause 'PSQLException 23505*'",
            "",
            "Exit codes: 0 well, also when there are none, 2 wrong usage."
        })
final class DeadLettersCommand implements Callable<Integer> {
    /** What it does, as the list of commands has it. */
    static final String ABOUT =
            "Lists what messages and handler runs died of, with the number of each and one of its messages.";

    private static final int PAGE = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final ProgramEnvironment environment;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--each", description = "List each one instead of each cause.")
    private boolean each;

    @Option(names = "--json", description = "One JSON object per cause, or dead letter, and line.")
    private boolean json;

    @Mixin
    private final DatabaseOption store = new DatabaseOption();

    private DeadLettersCommand(ProgramEnvironment environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    static CommandLine line(ProgramEnvironment environment, InstantSource clock, Terminal terminal) {
        return new CommandLine(new DeadLettersCommand(environment, clock))
                .addSubcommand(DeadLettersReplayCommand.line(environment, clock, terminal))
                .addSubcommand(DeadLettersDiscardCommand.line(environment, clock, terminal));
    }

    @Override
    public Integer call() {
        return store.use(environment, database -> {
            DeadLetters letters = new DeadLetters(database, clock);
            boolean any = each ? listEach(letters) : listCauses(letters);
            spec.commandLine().getOut().flush();
            if (!any) {
                Paragraph.tell(spec, "There are no such dead letters.");
            }
            return CommandLine.ExitCode.OK;
        });
    }

    private boolean listCauses(DeadLetters letters) {
        List<DeathCause> causes = letters.causes(options.filter(null));
        for (DeathCause cause : causes) {
            String last = text(cause.last());
            if (json) {
                ObjectNode line = JSON.createObjectNode();
                line.put("handler", cause.handler());
                line.put("cause", cause.reason());
                line.put("count", cause.count());
                line.put("last_died_at", last);
                line.put("example", cause.example());
                print(line);
            } else {
                print("", cause.count() + " " + cause.handler() + ": " + cause.reason());
                print("    ", "last " + last + ", for one " + cause.example());
            }
        }
        return !causes.isEmpty();
    }

    private boolean listEach(DeadLetters letters) {
        DeadLetter last = null;
        List<DeadLetter> page = letters.after(options.filter(null), null, PAGE);
        while (!page.isEmpty()) {
            for (DeadLetter letter : page) {
                last = letter;
                list(letter);
            }
            page = letters.after(options.filter(null), last, PAGE);
        }
        return last != null;
    }

    private void list(DeadLetter letter) {
        String died = text(letter.diedAt());
        if (json) {
            ObjectNode line = JSON.createObjectNode();
            line.put("message_id", letter.messageId());
            line.put("handler", letter.handler());
            line.put("cause", letter.reason());
            line.put("attempts", letter.attempts());
            line.put("died_at", died);
            print(line);
        } else {
            print("", letter.messageId() + " " + letter.handler());
            print("    ", "died " + died + " after " + letter.attempts() + " attempts: " + letter.reason());
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private void print(ObjectNode line) {
        spec.commandLine().getOut().println(JSON.writeValueAsString(line));
    }

    private void print(String indent, String text) {
        spec.commandLine().getOut().print(Paragraph.of(indent, text));
    }
}
