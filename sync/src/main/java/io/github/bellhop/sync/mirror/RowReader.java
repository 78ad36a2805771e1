package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.ClerkTime;
import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import io.github.bellhop.sync.mirror.Version.Copy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads the rows in an entity's JSON: the entity's own row, the rows of nested copies, and the rows of its lists. */
final class RowReader {
    private final MirrorSettings settings;

    RowReader(MirrorSettings settings) {
        this.settings = settings;
    }

    Reading reading(String messageId, @Nullable Instant occurredAt, Map<String, @Nullable Object> payload) {
        return new Reading(messageId, occurredAt == null ? null : (Long) occurredAt.toEpochMilli(), payload);
    }

    /** Reads one message. */
    final class Reading {
        private final String messageId;
        private final @Nullable Long occurredAt;
        private final Map<String, @Nullable Object> payload;
        private final AtomicInteger misfits = new AtomicInteger();
        private final List<EntityRow> found = new ArrayList<>(2);

        private Reading(String messageId, @Nullable Long occurredAt, Map<String, @Nullable Object> payload) {
            this.payload = payload;
            this.messageId = messageId;
            this.occurredAt = occurredAt;
        }

        int misfits() {
            return misfits.get();
        }

        /** Returns the rows that were read. */
        List<EntityRow> found() {
            return found;
        }

        /**
         * Reads the entity's row and the stubs for the copies nested in the entity.
         *
         * @param existing whether only the family of the event is known; if so, the row is only updated, and nested
         *                 copies are ignored
         */
        void read(MirrorTable table, Map<String, @Nullable Object> entity, boolean existing) {
            EntityRow own = row(table, entity, Copy.FULL, existing);
            if (own == null) {
                return;
            }
            found.add(own);
            table.nested().forEach((key, nestedTable) -> {
                if (existing || !settings.tables().includes(nestedTable.name())) {
                    return;
                }
                Object value = entity.get(key);
                List<?> copies = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
                copies.forEach(copy -> readStub(nestedTable, copy));
            });
        }

        /** Reads a stub. A copy with only an id produces no stub. */
        private void readStub(MirrorTable table, @Nullable Object copy) {
            if (copy instanceof Map<?, ?>) {
                @SuppressWarnings("unchecked") // the keys of the tree's objects are strings
                EntityRow stub = row(table, (Map<String, @Nullable Object>) copy, Copy.NESTED, false);
                if (stub != null && stub.present() != 0) {
                    found.add(stub);
                }
            }
        }

        private @Nullable EntityRow row(
                MirrorTable table, Map<String, @Nullable Object> entity, Copy copy, boolean existing) {
            if (!(entity.get("id") instanceof String id) || !ClerkIds.isValid(table, id)) {
                return null;
            }
            List<Column> columns = table.columns();
            @Nullable Object[] values = new Object[columns.size()];
            long present = 0;
            for (int i = 0; i < values.length; i++) {
                // If no other column is present, the entity is only an id and its JSON is not worth storing.
                boolean bare = present == 0 && columns.get(i).access() == Column.Access.RAW;
                if (!bare && read(table.name(), columns.get(i), entity, values, i)) {
                    present |= 1L << i;
                }
            }
            return new EntityRow(
                    table,
                    id,
                    version(table, entity, copy),
                    values,
                    present,
                    childSets(table, entity),
                    parents(table, values),
                    existing);
        }

        /** Sets the column's value. Returns false if the column must keep its current value. */
        private boolean read(
                String table,
                Column column,
                Map<String, @Nullable Object> entity,
                @Nullable Object[] values,
                int index) {
            if (!settings.allows(table, column.access())) {
                return false;
            }
            Object json = column.source().read(entity, payload);
            if (json == Source.ABSENT) {
                return false;
            }
            values[index] = ColumnValue.of(column, json, settings.view(table, column.access()), misfits);
            return true;
        }

        private Version version(MirrorTable table, Map<String, @Nullable Object> entity, Copy copy) {
            Long updatedAt = ColumnValue.number(entity.get("updated_at"));
            int rank = entity.get("status") instanceof String status
                    ? table.statusRanks().getOrDefault(status, 0)
                    : 0;
            return Version.of(
                    copy, updatedAt == null ? null : ClerkTime.millis(updatedAt), rank, occurredAt, messageId);
        }

        /** Returns the parents. An id that is not valid for the parent is removed from its column. */
        private List<EntityKey> parents(MirrorTable table, @Nullable Object[] values) {
            List<EntityKey> parents = new ArrayList<>(table.parents().size());
            table.parents().forEach((column, parent) -> {
                int index = table.indexOf(column);
                if (values[index] instanceof String id) {
                    if (ClerkIds.isValid(parent, id)) {
                        parents.add(new EntityKey(parent.entity(), id));
                    } else {
                        values[index] = null;
                        misfits.incrementAndGet();
                    }
                }
            });
            return parents;
        }

        private List<ChildSet> childSets(MirrorTable table, Map<String, @Nullable Object> entity) {
            List<ChildSet> sets = new ArrayList<>(table.children().size());
            for (ChildTable child : table.children()) {
                if (settings.tables().includes(child.name()) && entity.containsKey(child.listKey())) {
                    sets.add(new ChildSet(child, elements(child, entity.get(child.listKey()))));
                }
            }
            return sets;
        }

        /**
         * Returns the rows of a list. A value that is null or not an array counts as an empty list. For a duplicate id,
         * the last element is used.
         */
        private List<@Nullable Object[]> elements(ChildTable table, @Nullable Object list) {
            Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
            if (list instanceof List<?> elements) {
                for (int i = 0; i < elements.size(); i++) {
                    if (elements.get(i) instanceof Map<?, ?> element) {
                        @SuppressWarnings("unchecked") // the keys of the tree's objects are strings
                        @Nullable
                        Object[] row = element(table, (Map<String, @Nullable Object>) element, i);
                        rows.put((String) java.util.Objects.requireNonNull(row[0]), row);
                    }
                }
            }
            return List.copyOf(rows.values());
        }

        private @Nullable Object[] element(ChildTable table, Map<String, @Nullable Object> element, int index) {
            List<Column> columns = table.columns();
            @Nullable Object[] row = new Object[columns.size() + 1];
            Object id = table.id().read(element, payload);
            row[0] = id instanceof String text && isUsable(table, text) ? text : "#" + index;
            for (int i = 0; i < columns.size(); i++) {
                boolean unused = read(table.name(), columns.get(i), element, row, i + 1);
            }
            return row;
        }

        private static boolean isUsable(ChildTable table, String id) {
            MirrorTable entity = table.elementEntity() == null ? null : ClerkTables.ofEntity(table.elementEntity());
            return entity == null ? ClerkIds.isWellFormed(id) : ClerkIds.isValid(entity, id);
        }
    }
}
