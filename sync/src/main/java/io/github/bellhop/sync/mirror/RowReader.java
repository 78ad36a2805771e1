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

/** Reads the rows that an entity's JSON holds: its own, those of copies nested in it, and its lists. */
final class RowReader {
    private final MirrorSettings settings;

    RowReader(MirrorSettings settings) {
        this.settings = settings;
    }

    Reading reading(String messageId, @Nullable Instant occurredAt, Map<String, @Nullable Object> payload) {
        return new Reading(messageId, occurredAt == null ? null : (Long) occurredAt.toEpochMilli(), payload);
    }

    /** The reading of one message. */
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

        /** The rows that were read. */
        List<EntityRow> found() {
            return found;
        }

        /**
         * Reads the entity's row and the stubs for the copies nested in it.
         *
         * @param existing whether only the family of the event is known: then the row must be there, and the copies say
         *     nothing
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

        /** Reads a stub; a bare id makes none. */
        private void readStub(MirrorTable table, @Nullable Object copy) {
            if (copy instanceof Map<?, ?>) {
                @SuppressWarnings("unchecked") // the tree's objects have texts for keys
                EntityRow stub = row(table, (Map<String, @Nullable Object>) copy, Copy.NESTED, false);
                if (stub != null && stub.present() != 0) {
                    found.add(stub);
                }
            }
        }

        private @Nullable EntityRow row(
                MirrorTable table, Map<String, @Nullable Object> entity, Copy copy, boolean existing) {
            if (!(entity.get("id") instanceof String id) || !ClerkIds.isFit(table, id)) {
                return null;
            }
            List<Column> columns = table.columns();
            @Nullable Object[] values = new Object[columns.size()];
            long present = 0;
            for (int i = 0; i < values.length; i++) {
                // What is but an id has no JSON worth keeping.
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

        /** Puts the column's value into its place; false when the column is to keep what it has. */
        private boolean read(
                String table,
                Column column,
                Map<String, @Nullable Object> entity,
                @Nullable Object[] values,
                int place) {
            if (!settings.allows(table, column.access())) {
                return false;
            }
            Object json = column.source().read(entity, payload);
            if (json == Source.ABSENT) {
                return false;
            }
            values[place] = ColumnValue.of(column, json, settings.view(table, column.access()), misfits);
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

        /** What cannot be the id of a parent is taken out of its column. */
        private List<EntityKey> parents(MirrorTable table, @Nullable Object[] values) {
            List<EntityKey> parents = new ArrayList<>(table.parents().size());
            table.parents().forEach((column, parent) -> {
                int place = table.indexOf(column);
                if (values[place] instanceof String id) {
                    if (ClerkIds.isFit(parent, id)) {
                        parents.add(new EntityKey(parent.entity(), id));
                    } else {
                        values[place] = null;
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

        /** A list that is null or no list at all is an empty one; of an id that comes twice the last counts. */
        private List<@Nullable Object[]> elements(ChildTable table, @Nullable Object list) {
            Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
            if (list instanceof List<?> elements) {
                for (int i = 0; i < elements.size(); i++) {
                    if (elements.get(i) instanceof Map<?, ?> element) {
                        @SuppressWarnings("unchecked") // the tree's objects have texts for keys
                        @Nullable
                        Object[] row = element(table, (Map<String, @Nullable Object>) element, i);
                        rows.put((String) java.util.Objects.requireNonNull(row[0]), row);
                    }
                }
            }
            return List.copyOf(rows.values());
        }

        private @Nullable Object[] element(ChildTable table, Map<String, @Nullable Object> element, int place) {
            List<Column> columns = table.columns();
            @Nullable Object[] row = new Object[columns.size() + 1];
            Object id = table.id().read(element, payload);
            row[0] = id instanceof String text && isUsable(table, text) ? text : "#" + place;
            for (int i = 0; i < columns.size(); i++) {
                boolean unused = read(table.name(), columns.get(i), element, row, i + 1);
            }
            return row;
        }

        private static boolean isUsable(ChildTable table, String id) {
            MirrorTable entity = table.elementEntity() == null ? null : ClerkTables.ofEntity(table.elementEntity());
            return entity == null ? ClerkIds.isWellFormed(id) : ClerkIds.isFit(entity, id);
        }
    }
}
