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

/** The page about the tables is generated from their declarations. */
class TablesPageTest {
    private static final Path PAGE = Path.of("../docs/tables.md");

    @Test
    void matchesDeclarations() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # The tables

                This page is generated from the declarations that the program uses. After a change, run the build with
                `-Dbellhop.docs.write=true` to generate it again.

                Ids and addresses are text. An erasure finds a person's rows by the ids and addresses marked below as being about a person.
                Times are `timestamptz` on PostgreSQL, and ISO-8601 text in UTC with milliseconds on SQLite. JSON is `jsonb` on PostgreSQL
                and text on SQLite. Booleans are 0 and 1 on SQLite.

                Besides the columns listed here, every entity's table has `id`, `deleted_at` (when the row or its parent was deleted; null
                for a live row), `synced_at` (when the row was last written) and `bellhop_version` (the row's version, which orders the
                states of its entity). All tables except `clerk_communications` also have `raw`: the entity's JSON from the event, without
                secrets, if `bellhop.mirror.raw` requests it.

                `bellhop.mirror.tables` chooses the tables to write; all others stay empty. `bellhop.mirror.deletes` chooses whether deleted
                rows stay with `deleted_at` or are removed.

                "From" is the path in the entity's JSON. A path that begins with `/` starts at the payload's root. A column keeps its value
                if the event does not contain the key, and becomes null if the key's value is null.

                Events of a known family with an unknown verb update existing rows but never create one. "Lane of handlers" names the
                columns that form the [lane](guarantees.md); tables without it use the id.

                """);
        for (MirrorTable table : ClerkTables.ALL) {
            append(page, table);
        }
        return page.append("""
                        ## clerk_audit_log

                        One line per `session.*` message: `message_id`, `type`, `occurred_at`, `user_id`, `session_id`, `client_ip`,
                        `user_agent`. Lines are never changed; only `bellhop.retention.audit` and erasures remove them.

                        ## Views

                        `clerk_live_sessions` and `clerk_live_organization_invitations` show the rows that are live now. Clerk sends no event
                        when a session or an invitation expires.
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
                            .collect(Collectors.joining(", otherwise ")))
                    .append(".");
        }
        page.append("\n\n");
        appendColumns(page, table.columns());
        for (ChildTable child : table.children()) {
            page.append("### ").append(child.name()).append("\n\n");
            page.append("The list `%s`, replaced as a whole together with its row. Key: `%s`, `%s` (%s).%n%n"
                    .formatted(child.listKey(), child.parentColumn(), child.idColumn(), child.idPath()));
            if (!child.columns().isEmpty()) {
                appendColumns(page, child.columns());
            }
        }
    }

    private static void appendPeople(StringBuilder page, MirrorTable table) {
        PersonColumns person = table.person();
        if (!person.isNobody()) {
            page.append(" About one person: ")
                    .append(Stream.of(person.user(), person.payer(), person.address())
                            .filter(Objects::nonNull)
                            .map(column -> "`" + column + "`")
                            .collect(Collectors.joining(", otherwise ")))
                    .append(".");
        }
        table.mentions()
                .forEach(mention -> page.append(" Mentions a person: `")
                        .append(mention.column())
                        .append("`."));
        if (table.payloads() == MirrorTable.Payloads.CLEARED) {
            page.append(" Payloads are cleared once they are mirrored and no handler waits for them.");
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
                .map(other -> "nested copies in events of `" + other.name() + "`");
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
                            column.access() == Column.Access.PRIVATE ? ", only if requested" : "",
                            column.path().replace("|", "or")));
        }
        page.append("\n");
    }
}
