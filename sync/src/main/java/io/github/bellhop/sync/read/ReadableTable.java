package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that can be displayed.
 *
 * @param name        the table's name
 * @param columns     the displayed columns, in order
 * @param newestFirst the {@code order by} expression that puts the newest rows first
 * @param references  the columns that contain the id of an entity to which the row belongs
 * @param parents     the columns that contain the id of an entity whose deletion deletes the row
 * @param parts       one condition for each part in which the table is indexed; each row meets exactly one of them.
 *                    {@code true} if the table is indexed as a whole
 */
record ReadableTable(
        String name,
        Map<String, Column.Type> columns,
        String newestFirst,
        List<String> references,
        Map<String, MirrorTable> parents,
        List<String> parts) {
    private static final List<String> WHOLE = List.of("true");

    static final List<ReadableTable> ALL = all();

    private static List<ReadableTable> all() {
        List<ReadableTable> tables = new ArrayList<>();
        for (MirrorTable table : ClerkTables.ALL) {
            tables.add(of(table));
            table.children().forEach(child -> tables.add(of(child)));
        }
        tables.add(internal(
                "clerk_audit_log",
                "occurred_at desc, message_id desc",
                List.of("user_id", "session_id"),
                "message_id,type,occurred_at:time,user_id,session_id,client_ip,user_agent"));
        tables.add(internal(
                "bellhop_inbox",
                "received_at desc, message_id desc",
                List.of("entity_id"),
                "message_id,type,entity_id,instance_id,occurred_at:number,received_at:number,state,reason,"
                        + "next_attempt_at:number,attempts:number,died_at:number"));
        tables.add(internal(
                "bellhop_dead_letters",
                "died_at desc, message_id desc",
                List.of("message_id"),
                "message_id,handler,reason,attempts:number,died_at:number"));
        tables.add(internal(
                "bellhop_discards",
                "discarded_at desc, message_id desc",
                List.of("message_id"),
                "message_id,handler,reason,attempts:number,died_at:number,discarded_at:number,discard_reason"));
        tables.add(internal(
                "bellhop_refusals",
                "last_at desc, reason desc",
                List.of("reason"),
                "minute:number,reason,count:number,last_at:number"));
        tables.add(internal(
                "bellhop_handler_runs",
                "received_at desc, message_id desc",
                List.of("message_id", "entity_id"),
                "message_id,handler,entity_id,received_at:number,next_attempt_at:number,attempts:number,reason,detail,"
                        + "first_failed_at:number,last_failed_at:number,died_at:number"));
        tables.add(internal("bellhop_handlers", "seen_at desc, name desc", List.of(), "name,seen_at:number"));
        tables.add(internal(
                "bellhop_tombstones",
                "deleted_at desc, entity_id desc",
                List.of("entity_id"),
                "entity,entity_id,deleted_at:number"));
        tables.add(internal(
                "bellhop_cascades",
                "entity_id desc, table_name desc",
                List.of("entity_id"),
                "entity,entity_id,table_name,column_name,deleted_at:number,after_id"));
        tables.add(internal(
                "bellhop_erasures",
                "requested_at desc, user_id desc",
                List.of("user_id"),
                "user_id,requested_at:number,erased_at:number"));
        tables.add(internal(
                "bellhop_erasure_counts",
                "user_id desc, table_name desc",
                List.of("user_id"),
                "user_id,table_name,row_count:number"));
        return List.copyOf(tables);
    }

    /** Returns whether a column contains a time in milliseconds. Bellhop's own tables store times in this format. */
    boolean isMillis(String column) {
        return column.endsWith("_at") && columns.get(column) == Column.Type.BIGINT;
    }

    private static ReadableTable of(MirrorTable table) {
        Map<String, Column.Type> columns = new LinkedHashMap<>();
        columns.put("id", Column.Type.TEXT);
        addAll(columns, table.columns());
        columns.put("deleted_at", Column.Type.TIME);
        columns.put("synced_at", Column.Type.TIME);
        columns.put("bellhop_version", Column.Type.TEXT);
        List<String> references = new ArrayList<>(List.of("id"));
        references.addAll(table.parents().keySet());
        return new ReadableTable(table.name(), columns, "synced_at desc, id desc", references, table.parents(), WHOLE);
    }

    private static ReadableTable of(ChildTable table) {
        Map<String, Column.Type> columns = new LinkedHashMap<>();
        columns.put(table.parentColumn(), Column.Type.TEXT);
        columns.put(table.idColumn(), Column.Type.TEXT);
        addAll(columns, table.columns());
        return new ReadableTable(
                table.name(),
                columns,
                table.parentColumn() + " desc, " + table.idColumn() + " desc",
                List.of(table.parentColumn(), table.idColumn()),
                Map.of(),
                WHOLE);
    }

    private static void addAll(Map<String, Column.Type> columns, List<Column> declared) {
        declared.forEach(column -> columns.put(column.name(), column.type()));
    }

    private static ReadableTable internal(String name, String order, List<String> references, String columnList) {
        Map<String, Column.Type> columns = new LinkedHashMap<>();
        for (String column : columnList.split(",", -1)) {
            int colon = column.indexOf(':');
            String type = colon < 0 ? "text" : column.substring(colon + 1);
            columns.put(
                    colon < 0 ? column : column.substring(0, colon),
                    switch (type) {
                        case "time" -> Column.Type.TIME;
                        case "number" -> Column.Type.BIGINT;
                        default -> Column.Type.TEXT;
                    });
        }
        List<String> parts = name.equals("bellhop_inbox") ? List.of("payload is null", "payload is not null") : WHOLE;
        return new ReadableTable(name, columns, order, references, Map.of(), parts);
    }
}
