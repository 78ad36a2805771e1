package io.github.bellhop.sync.store;

import java.util.List;

/**
 * An index that is added to a table that may already be large. A migration would lock the table for the whole build, so
 * {@link IndexBuilder} builds these indexes while other programs write.
 *
 * @param name       the index's name
 * @param table      the table's name
 * @param definition the part after the table's name, with the placeholders of migrations
 */
record TableIndex(String name, String table, String definition) {
    private static final String MEMBERSHIPS = "clerk_organization_memberships";
    private static final String INBOX = "bellhop_inbox";
    private static final String RUNS = "bellhop_handler_runs";

    /**
     * The indexes that no migration creates. They cover few rows, so storing a message does not usually update them.
     */
    static final List<TableIndex> ALL = List.of(
            new TableIndex("bellhop_inbox_unmirrored", INBOX, "(state, received_at) where state <> 'mirrored'"),
            new TableIndex("bellhop_inbox_dead_letters", INBOX, "(message_id) where died_at is not null"),
            new TableIndex(
                    "bellhop_handler_runs_dead_letters", RUNS, "(message_id, handler) where died_at is not null"),
            // The index from the first migration covers only types in lower case. It is kept for programs of earlier
            // versions.
            new TableIndex(
                    "bellhop_inbox_private",
                    INBOX,
                    "(received_at) where payload is not null and (lower(substr(type, 1, 5) ${bytewise}) = 'email'"
                            + " or lower(substr(type, 1, 3) ${bytewise}) = 'sms')"),
            new TableIndex(
                    "bellhop_inbox_no_row", INBOX, "(received_at) where payload is not null and reason = 'no-row'"));

    /** The migrations that only change indexes, in order. */
    static final List<Change> CHANGES = List.of(
            new Change(
                    "4",
                    List.of(
                            new TableIndex(
                                    "clerk_users_username",
                                    "clerk_users",
                                    "${hash} (lower(username)) where username is not null"),
                            new TableIndex(
                                    "clerk_organization_memberships_members", MEMBERSHIPS, "(organization_id, id)"),
                            new TableIndex(
                                    "clerk_organization_memberships_joined",
                                    MEMBERSHIPS,
                                    "(user_id, organization_id)")),
                    List.of("clerk_organization_memberships_organization", "clerk_organization_memberships_user")),
            new Change("6", List.of(new TableIndex("bellhop_inbox_entity", INBOX, "(entity_id)")), List.of()));

    /**
     * The changes made by a migration that only changes indexes.
     *
     * @param version  the migration's version
     * @param added    the indexes that it adds
     * @param obsolete the names of the indexes that it drops
     */
    record Change(String version, List<TableIndex> added, List<String> obsolete) {}

    /**
     * Returns the statement that creates the index if it does not exist.
     *
     * @param modifier the words after {@code create index}, such as {@code concurrently}; may be empty
     * @param schema the prefix of the table's name: its schema and a dot; may be empty
     */
    String create(Dialect dialect, String modifier, String schema) {
        return dialect.typed(
                "create index %sif not exists %s on %s%s %s".formatted(modifier, name, schema, table, definition));
    }
}
