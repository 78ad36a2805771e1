package io.github.bellhop.server.command;

import io.github.bellhop.event.EventType;
import io.github.bellhop.server.terminal.Paragraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The footer of the help of {@code bellhop trigger}: examples, exit codes and event types. */
final class TriggerHelp {
    private static final List<String> EXAMPLES = List.of(
            "",
            "Examples:",
            "  bellhop trigger user.created",
            "  bellhop trigger user.updated --id user_... --set data.first_name=Ann",
            "  bellhop trigger user.created --set data.public_metadata.plan=pro",
            "  bellhop trigger session.created --id user_...",
            "  bellhop trigger organizationMembership.created --id user_... --id org_...",
            "  bellhop trigger user.created --count 5000 --rate 200",
            "",
            "Exit codes: 0 all answers were 2xx; 1 at least one was not; 2 wrong usage.",
            "",
            "Types:");

    private TriggerHelp() {}

    static String[] footer() {
        Map<String, List<String>> byFamily = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            byFamily.computeIfAbsent(type.family(), family -> new ArrayList<>())
                    .add(type.wireName().substring(type.family().length()));
        }
        List<String> lines = new ArrayList<>(EXAMPLES);
        byFamily.forEach((family, actions) -> lines.addAll(
                Paragraph.of("  ", family + String.join(", ", actions)).lines().toList()));
        return lines.toArray(String[]::new);
    }
}
