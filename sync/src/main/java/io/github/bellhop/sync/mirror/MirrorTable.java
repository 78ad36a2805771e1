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
 * One entity's table, declared. Besides the declared columns each has {@code id}, {@code deleted_at},
 * {@code synced_at} and {@code bellhop_version}.
 *
 * @param name        the table's name
 * @param entity      the entity's name as Clerk's {@code object} key has it
 * @param families    the events that carry it: what stands before the dot in their types; empty when it only comes
 *     nested in others
 * @param columns     the columns besides the four that all have; at most 64
 * @param children    the lists inside the entity that are tables of their own
 * @param parents     columns that name an entity whose deletion deletes this one too
 * @param nested      keys under which a copy of another entity, or a list of them, stands inside this one
 * @param statusRanks the order of the values of {@code status}, where some of them are final; else empty
 * @param idPrefixes  what the entity's ids begin with; empty where that is not certain
 * @param lanes       columns that together are the natural key by which apps know the entity, of which the lanes of
 *     handlers are made; of several such keys the first that is known counts; empty when the id is the key
 * @param person      by what the rows are found that are about one person
 * @param mentions    the columns that tell of a person in rows about somebody or something else
 * @param payloads    what becomes of the payloads that the rows are made from
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
    /** What becomes of a payload once its rows are written. */
    public enum Payloads {
        /** It is kept as long as others are. */
        KEPT,
        /** It is cleared as soon as nobody waits for it. */
        CLEARED
    }

    /** The column by which every row is found. */
    private static final String ID = "id";

    /** The most columns one table may declare: the keys that came are noted in 64 bits. */
    static final int MAX_COLUMNS = 64;

    /** Copies, and refuses what no row could hold. */
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

    /** Begins a declaration. */
    static Declaration of(String name, String entity) {
        return new Declaration(name, entity);
    }

    /** Returns the key of the entity with this id. */
    public EntityKey key(String id) {
        return new EntityKey(entity, id);
    }

    /**
     * The natural key of an entity, as the name of a lane.
     *
     * @param values the value of each of the columns; null when it is not known
     * @return null when no key is known as a whole
     */
    public @Nullable String lane(Function<String, @Nullable String> values) {
        return LaneKey.of(this, values);
    }

    /** Whether each row is a person. */
    public boolean isOfPeople() {
        return ID.equals(person.user());
    }

    /** Whether a column tells of the user who is only mentioned in the message that the row comes from. */
    boolean tellsOfOthers(Column column) {
        return column.access() == Column.Access.RAW
                || mentions.stream()
                        .anyMatch(mention ->
                                mention.by().user() != null && mention.column().equals(column.name()));
    }

    /** The place of a column in {@link #columns()}. */
    public int indexOf(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + columnName);
    }

    /** A declaration on its way; what is not said is empty. */
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

        /** The events whose data is this entity. */
        Declaration from(String... eventFamilies) {
            families = Set.of(eventFamilies);
            return this;
        }

        /** What the ids of this entity begin with, where Clerk's own descriptions agree on it. */
        Declaration ids(String... prefixes) {
            idPrefixes = Set.of(prefixes);
            return this;
        }

        /** Columns that together are the key by which apps know the entity; called again, the next best key. */
        Declaration lane(String... columns) {
            lanes.add(List.of(columns));
            return this;
        }

        /** The column that names an entity whose deletion deletes this one. */
        Declaration parent(String column, MirrorTable table) {
            parents.put(column, table);
            return this;
        }

        /** The key under which another entity, or a list of them, stands inside this one. */
        Declaration nested(String key, MirrorTable table) {
            nested.put(key, table);
            return this;
        }

        /** The lists that are tables of their own. */
        Declaration children(List<ChildTable> tables) {
            children.addAll(tables);
            return this;
        }

        /** States that no other follows. */
        Declaration finalStates(String... states) {
            for (String state : states) {
                statusRanks.put(state, 1);
            }
            return this;
        }

        /** Each row is about the user whom this column names. */
        Declaration aboutUser(String userColumn) {
            return about(new PersonColumns(userColumn, null, null));
        }

        /** The same; rows that name no user are about whoever has the address. */
        Declaration aboutUser(String userColumn, String addressColumn) {
            return about(new PersonColumns(userColumn, null, addressColumn));
        }

        /** Each row is about the user who is this payer. */
        Declaration aboutPayer(String payerColumn) {
            return about(new PersonColumns(null, payerColumn, null));
        }

        /** Each row is about whoever has this address. */
        Declaration aboutAddress(String addressColumn) {
            return about(new PersonColumns(null, null, addressColumn));
        }

        /** No row is about one person. */
        Declaration aboutNobody() {
            return about(PersonColumns.NOBODY);
        }

        private Declaration about(PersonColumns columns) {
            person = columns;
            return this;
        }

        /** A column that tells of another user, whom the first column names. */
        Declaration mentionsUser(String userColumn, String column) {
            mentions.add(new Mention(new PersonColumns(userColumn, null, null), column));
            return this;
        }

        /** A column with an address of a person whom the row is not about. */
        Declaration mentionsAddress(String column) {
            mentions.add(new Mention(new PersonColumns(null, null, column), column));
            return this;
        }

        /** The entity's JSON may hold secrets: it is never stored, and payloads are cleared once they are mirrored. */
        Declaration secret() {
            payloads = Payloads.CLEARED;
            return this;
        }

        /**
         * Ends the declaration.
         *
         * @throws IllegalArgumentException if it does not say whether the rows are about people, since an erasure would
         *     pass them by
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
