package io.github.bellhop.server.command;

import io.github.bellhop.sync.inbox.ListedState;
import io.github.bellhop.sync.inbox.MessageFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select messages. */
final class MessageFilterOptions {
    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only events of this type. * matches any text, as in 'user.*'.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--entity", paramLabel = "ID", description = "Only messages about this entity, such as user_...")
    private @Nullable String entity;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only messages in this state: kept, waiting, mirrored, stale, aside or dead.")
    private List<ListedState> states = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeArgument.Converter.class,
            description = "Only messages received since this time: a duration before now (30m, 2h, 3d), a day, or an"
                    + " instant (ISO 8601).")
    private @Nullable TimeArgument since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeArgument.Converter.class,
            description = "Only messages received before this time.")
    private @Nullable TimeArgument until;

    MessageFilter filter(Instant now) {
        Set<ListedState> wanted = EnumSet.noneOf(ListedState.class);
        wanted.addAll(states);
        return new MessageFilter(
                types, entity, wanted, since == null ? null : since.at(now), until == null ? null : until.at(now));
    }

    boolean isEmpty() {
        return types.isEmpty() && entity == null && states.isEmpty() && since == null && until == null;
    }
}
