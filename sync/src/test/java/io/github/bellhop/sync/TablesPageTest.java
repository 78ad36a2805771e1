package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EventType;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PersonColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the tables is made from their declarations. */
class TablesPageTest {
    private static final Path PAGE = Path.of("../docs/tables.md");

    @Test
    void saysWhatIsDeclared() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # The tables

                Made from the declarations that the program works by; run the build with `-Dbellhop.docs.write=true` to write this
                page anew after a change.

                Ids and addresses are text. An erasure looks for a person by the addresses of the rows that are about the person.
                Times are `timestamptz` on PostgreSQL, and ISO-8601 texts in UTC with three digits of fraction on SQLite.
                JSON is `jsonb`, on SQLite text; booleans are 0 and 1 there. Besides its columns every entity's table has `id`,
                `deleted_at` (when it or a parent was deleted; null for a live row), `synced_at` (when the row was last written) and
                `bellhop_version` (the place of the row's state in the order of states). All but `clerk_communications` have `raw`
                too: the entity's own JSON as the event had it, without secrets, if `bellhop.mirror.raw` asks for it.

                `bellhop.mirror.tables` chooses which tables are written; a table that is left out stays empty.
                `bellhop.mirror.deletes` chooses whether deleted rows stay with `deleted_at` or are removed.

                "From" is the path in the entity's JSON; one that begins with `/` starts at the payload's root. A column
                keeps what it has when the event does not carry its key. A JSON null is null.

                Events of a known family with an unknown verb change a row that is there and never make one. "Lane of handlers" names
                the columns by which [lanes](guarantees.md) are made; where it is missing, the id is the lane.

                """);
        for (MirrorTable table : ClerkTables.ALL) {
            append(page, table);
        }
        return page.append("""
                        ## clerk_audit_log

                        One line per `session.*` message: `message_id`, `type`, `occurred_at`, `user_id`, `session_id`, `client_ip`,
                        `user_agent`. Lines are only added, until `bellhop.retention.audit` or an erasure removes them.

                        ## Views

                        `clerk_live_sessions` and `clerk_live_organization_invitations` show what is live now: no event tells when a session
                        or an invitation expires.
                        """).toString();
    }

    private static void append(StringBuilder page, MirrorTable table) {
        page.append("## ").append(table.name()).append("\n\n");
        page.append("Written by: ").append(writers(table)).append(".");
        if (!table.parents().isEmpty()) {
            page.append(" Deleted with: ")
                    .append(table.parents().entrySet().stream()
                            .map(parent -> "`" + parent.getValue().name() + "` (`" + parent.getKey() + "`)")
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .append(".");
        }
        appendPeople(page, table);
        if (!table.lanes().isEmpty()) {
            page.append(" Lane of handlers: ")
                    .append(table.lanes().stream()
                            .map(lane -> lane.stream()
                                    .map(column -> "`" + column + "`")
                                    .collect(Collectors.joining(" and ")))
                            .collect(Collectors.joining(", else ")))
                    .append(".");
        }
        page.append("\n\n");
        appendColumns(page, table.columns());
        for (ChildTable child : table.children()) {
            page.append("### ").append(child.name()).append("\n\n");
            page.append("The list `%s`, replaced whole with its row. Key: `%s`, `%s` (%s).%n%n"
                    .formatted(child.listKey(), child.parentColumn(), child.idColumn(), child.idPath()));
            if (!child.columns().isEmpty()) {
                appendColumns(page, child.columns());
            }
        }
    }

    private static void appendPeople(StringBuilder page, MirrorTable table) {
        PersonColumns person = table.person();
        if (!person.isNobody()) {
            page.append(" About one person each: ")
                    .append(Stream.of(person.user(), person.payer(), person.address())
                            .filter(Objects::nonNull)
                            .map(column -> "`" + column + "`")
                            .collect(Collectors.joining(", else ")))
                    .append(".");
        }
        table.mentions()
                .forEach(mention -> page.append(" Mentions a person: `")
                        .append(mention.column())
                        .append("`."));
        if (table.payloads() == MirrorTable.Payloads.CLEARED) {
            page.append(" Payloads are cleared as soon as they are mirrored and no handler waits for them.");
        }
    }

    private static String type(Column column) {
        if (column.meaning() == Column.Meaning.PLAIN) {
            return column.type().name().toLowerCase(Locale.ROOT);
        }
        return column.isId() ? "id" : "address";
    }

    private static String writers(MirrorTable table) {
        Stream<String> own = Stream.of(EventType.values())
                .filter(type -> table.families().contains(type.family()))
                .map(type -> "`" + type.wireName() + "`");
        Stream<String> copies = ClerkTables.ALL.stream()
                .filter(other -> other.nested().values().stream()
                        .anyMatch(nested -> nested.name().equals(table.name())))
                .map(other -> "copies in `" + other.name() + "`'s events");
        return Stream.concat(own, copies).collect(Collectors.joining(", "));
    }

    private static void appendColumns(StringBuilder page, List<Column> columns) {
        page.append("| column | type | from |\n|---|---|---|\n");
        for (Column column : columns) {
            if (column.access() == Column.Access.RAW) {
                continue;
            }
            page.append("| `%s` | %s%s | %s |%n"
                    .formatted(
                            column.name(),
                            type(column),
                            column.access() == Column.Access.PRIVATE ? ", only if asked for" : "",
                            column.path().replace("|", "or")));
        }
        page.append("\n");
    }
}
