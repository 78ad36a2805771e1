package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
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

/** Checks that docs/tables.md matches the declarations in the code. */
@SameOnEveryJdk
class TablesPageTest {
    private static final Path PAGE = Path.of("../docs/tables.md");

    @Test
    void pageMatchesDeclarations() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Tables

                This page is generated from the declarations in the code. To update it after a change, run the build with
                `-Dbellhop.docs.write=true`.

                Ids and addresses are text. An erasure finds a person's rows and messages by the addresses in the rows about
                that person.
                On PostgreSQL, times are `timestamptz`, and JSON is `jsonb`. On SQLite, times are ISO-8601 strings in UTC with three
                fractional digits, JSON is text, and booleans are 0 and 1.

                Besides the columns below, every table of an entity has these columns:

                - `id`: Clerk's id.
                - `deleted_at`: when the entity or a parent was deleted; null for a live row.
                - `synced_at`: when the row was last written.
                - `bellhop_version`: the position of the row's state in the order of the entity's states.
                - `raw`: the entity's own JSON from the event, without secrets, if `bellhop.mirror.raw` enables it.
                  `clerk_communications` does not have this column.

                `bellhop.mirror.tables` selects the tables that are written; the other tables stay empty.
                `bellhop.mirror.deletes` selects whether deleted rows are kept with `deleted_at` or removed.

                "From" is the path in the entity's JSON; a path that begins with `/` starts at the payload's root. A column
                keeps its value if the event does not contain its key. A JSON null sets it to null.

                Events of a known family with an unknown verb update an existing row but never insert one. "Handler lane" lists
                the columns that make the [lane](guarantees.md) of a message; for a table without it, the lane is the id.

                """);
        for (MirrorTable table : ClerkTables.ALL) {
            append(page, table);
        }
        return page.append("""
                        ## clerk_audit_log

                        One row for each `session.*` message: `message_id`, `type`, `occurred_at`, `user_id`, `session_id`,
                        `client_ip`, `user_agent`. Rows are never changed; `bellhop.retention.audit` or an erasure deletes them.

                        ## Views

                        `clerk_live_sessions` and `clerk_live_organization_invitations` contain only the live rows. They check the
                        expiry times, because no event reports that a session or an invitation has expired.
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
            page.append(" Handler lane: ")
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
            page.append("Rows of the list `%s`, which an event replaces as a whole. Key: `%s`, `%s` (%s).%n%n"
                    .formatted(child.listKey(), child.parentColumn(), child.idColumn(), child.idPath()));
            if (!child.columns().isEmpty()) {
                appendColumns(page, child.columns());
            }
        }
    }

    private static void appendPeople(StringBuilder page, MirrorTable table) {
        PersonColumns person = table.person();
        if (!person.isNobody()) {
            page.append(" Each row is about one person: ")
                    .append(Stream.of(person.user(), person.payer(), person.address())
                            .filter(Objects::nonNull)
                            .map(column -> "`" + column + "`")
                            .collect(Collectors.joining(", otherwise ")))
                    .append(".");
        }
        table.mentions()
                .forEach(mention -> page.append(" May mention another person: `")
                        .append(mention.column())
                        .append("`."));
        if (table.payloads() == MirrorTable.Payloads.CLEARED) {
            page.append(" Payloads are cleared when they are mirrored and no handler needs them anymore.");
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
                .map(other -> "copies in the events of `" + other.name() + "`");
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
                            column.access() == Column.Access.PRIVATE ? ", opt-in" : "",
                            column.path().replace("|", "or")));
        }
        page.append("\n");
    }
}
