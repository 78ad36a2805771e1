package io.github.bellhop.sync.mirror;

import io.github.bellhop.sync.mirror.PersonColumns.Mention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one entity's table. Besides the declared columns, every table has {@code id}, {@code deleted_at},
 * {@code synced_at} and {@code bellhop_version}.
 *
 * @param name        the table's name
 * @param entity      the kind of entity: the value of Clerk's {@code object} key
 * @param families    the families of the events about the entity; empty if it occurs only nested in other entities
 * @param columns     the columns besides the four that every table has; at most 64
 * @param children    the lists inside the entity that have their own tables
 * @param parents     the columns with the id of an entity whose deletion also deletes this one
 * @param nested      the keys that contain a copy of another entity, or a list of copies
 * @param statusRanks the order of the values of {@code status} if some of them are final; otherwise empty
 * @param idPrefixes  the prefixes of the entity's ids; empty if they are not certain
 * @param lanes       the columns of the natural keys by which apps identify the entity; the first complete key becomes
 *                    the lane. Empty if the id is the key
 * @param person      the columns that identify the person whom a row is about
 * @param mentions    the columns with data about people who are only mentioned in a row
 * @param payloads    what happens to the payloads that the rows are made from
 * @hidden
 */
public record MirrorTable(
        String name,
        String entity,
        Set<String> families,
        List<Column> columns,
        List<ChildTable> children,
        Map<String, MirrorTable> parents,
        Map<String, MirrorTable> nested,
        Map<String, Integer> statusRanks,
        Set<String> idPrefixes,
        List<List<String>> lanes,
        PersonColumns person,
        List<Mention> mentions,
        Payloads payloads) {
    /** What happens to a payload after its rows are written. */
    public enum Payloads {
        /** It is kept as long as other payloads. */
        KEPT,
        /** It is cleared as soon as it is mirrored and no run needs it. */
        CLEARED
    }

    /** The primary key of every table. */
    private static final String ID = "id";

    /** The maximum number of columns in a table. A 64-bit mask records which keys are present. */
    static final int MAX_COLUMNS = 64;

    /** Copies the collections and checks the column names. */
    public MirrorTable {
        families = Set.copyOf(families);
        columns = List.copyOf(columns);
        children = List.copyOf(children);
        parents = Map.copyOf(parents);
        nested = Map.copyOf(nested);
        statusRanks = Map.copyOf(statusRanks);
        idPrefixes = Set.copyOf(idPrefixes);
        lanes = lanes.stream().map(List::copyOf).toList();
        mentions = List.copyOf(mentions);
        if (columns.size() > MAX_COLUMNS) {
            throw new IllegalArgumentException(name + " declares more than " + MAX_COLUMNS + " columns");
        }
        Stream<String> mentioned =
                mentions.stream().flatMap(mention -> Stream.concat(mention.by().names(), Stream.of(mention.column())));
        Set<String> named = Stream.of(
                        parents.keySet().stream(), lanes.stream().flatMap(List::stream), person.names(), mentioned)
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        named.remove(ID);
        columns.forEach(column -> named.remove(column.name()));
        if (!named.isEmpty()) {
            throw new IllegalArgumentException(name + " has no column " + named);
        }
    }

    /** Starts a declaration. */
    static Declaration of(String name, String entity) {
        return new Declaration(name, entity);
    }

    /** Returns the key of the entity with this id. */
    public EntityKey key(String id) {
        return new EntityKey(entity, id);
    }

    /**
     * Returns the natural key of an entity, as the name of a lane.
     *
     * @param values returns the value of a column; null if unknown
     * @return the key; null if every key is incomplete
     */
    public @Nullable String lane(Function<String, @Nullable String> values) {
        return LaneKey.of(this, values);
    }

    /** Returns whether each row represents a person. */
    public boolean isPersonTable() {
        return ID.equals(person.user());
    }

    /** Returns whether a column may contain data of a user who is only mentioned in the row's message. */
    boolean containsMentionedUser(Column column) {
        return column.access() == Column.Access.RAW
                || mentions.stream()
                        .anyMatch(mention ->
                                mention.by().user() != null && mention.column().equals(column.name()));
    }

    /** Returns the index of a column in {@link #columns()}. */
    public int indexOf(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + columnName);
    }

    /** Builds a declaration. Everything that is not set is empty. */
    static final class Declaration {
        private final String name;
        private final String entity;
        private final Map<String, MirrorTable> parents = new LinkedHashMap<>();
        private final Map<String, MirrorTable> nested = new LinkedHashMap<>();
        private final Map<String, Integer> statusRanks = new LinkedHashMap<>();
        private final List<ChildTable> children = new ArrayList<>();
        private final List<List<String>> lanes = new ArrayList<>();
        private Set<String> families = Set.of();
        private Set<String> idPrefixes = Set.of();
        private final List<Mention> mentions = new ArrayList<>();
        private @Nullable PersonColumns person;
        private Payloads payloads = Payloads.KEPT;

        private Declaration(String name, String entity) {
            this.name = name;
            this.entity = entity;
        }

        /** The families of the events whose data is this entity. */
        Declaration from(String... eventFamilies) {
            families = Set.of(eventFamilies);
            return this;
        }

        /** The prefixes of this entity's ids, if Clerk's own descriptions agree on them. */
        Declaration ids(String... prefixes) {
            idPrefixes = Set.of(prefixes);
            return this;
        }

        /**
         * The columns of the natural key by which apps identify the entity. Further calls add keys of lower priority.
         */
        Declaration lane(String... columns) {
            lanes.add(List.of(columns));
            return this;
        }

        /** The column with the id of an entity whose deletion also deletes this one. */
        Declaration parent(String column, MirrorTable table) {
            parents.put(column, table);
            return this;
        }

        /** The key that contains a copy of another entity, or a list of copies. */
        Declaration nested(String key, MirrorTable table) {
            nested.put(key, table);
            return this;
        }

        /** The lists that have their own tables. */
        Declaration children(List<ChildTable> tables) {
            children.addAll(tables);
            return this;
        }

        /** The final states: no other state follows them. */
        Declaration finalStates(String... states) {
            for (String state : states) {
                statusRanks.put(state, 1);
            }
            return this;
        }

        /** Each row is about the user in this column. */
        Declaration aboutUser(String userColumn) {
            return about(new PersonColumns(userColumn, null, null));
        }

        /** Each row is about the user in this column; without a user, about the person with this address. */
        Declaration aboutUser(String userColumn, String addressColumn) {
            return about(new PersonColumns(userColumn, null, addressColumn));
        }

        /** Each row is about the user behind this payer. */
        Declaration aboutPayer(String payerColumn) {
            return about(new PersonColumns(null, payerColumn, null));
        }

        /** Each row is about the person with this address. */
        Declaration aboutAddress(String addressColumn) {
            return about(new PersonColumns(null, null, addressColumn));
        }

        /** The rows are not about people. */
        Declaration aboutNobody() {
            return about(PersonColumns.NOBODY);
        }

        private Declaration about(PersonColumns columns) {
            person = columns;
            return this;
        }

        /** A column with data of another user, whose id is in the user column. */
        Declaration mentionsUser(String userColumn, String column) {
            mentions.add(new Mention(new PersonColumns(userColumn, null, null), column));
            return this;
        }

        /** A column with the address of a person who is only mentioned in the row. */
        Declaration mentionsAddress(String column) {
            mentions.add(new Mention(new PersonColumns(null, null, column), column));
            return this;
        }

        /**
         * The entity's JSON may contain secrets: it is never stored, and payloads are cleared after they are mirrored.
         */
        Declaration secret() {
            payloads = Payloads.CLEARED;
            return this;
        }

        /**
         * Sets the columns and creates the table.
         *
         * @throws IllegalArgumentException if the declaration does not say whether the rows are about people, because
         *     an erasure would miss them
         */
        MirrorTable columns(ColumnsBuilder columns) {
            if (person == null) {
                throw new IllegalArgumentException(name + " does not say whether its rows are about people");
            }
            if (payloads == Payloads.KEPT) {
                columns.raw();
            }
            return new MirrorTable(
                    name,
                    entity,
                    families,
                    columns.list(),
                    children,
                    parents,
                    nested,
                    statusRanks,
                    idPrefixes,
                    lanes,
                    person,
                    mentions,
                    payloads);
        }
    }
}
