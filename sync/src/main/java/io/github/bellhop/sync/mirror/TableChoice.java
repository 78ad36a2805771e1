package io.github.bellhop.sync.mirror;

import java.util.Set;

/**
 * Some of the tables.
 *
 * @param names  the tables that are named
 * @param others whether it is all but the named ones that are chosen
 */
public record TableChoice(Set<String> names, boolean others) {
    /** No table. */
    public static final TableChoice NONE = new TableChoice(Set.of(), false);

    /** Every table. */
    public static final TableChoice ALL = new TableChoice(Set.of(), true);

    /** Copies the names. */
    public TableChoice {
        names = Set.copyOf(names);
    }

    /** These tables alone. */
    public static TableChoice only(String... tables) {
        return new TableChoice(Set.of(tables), false);
    }

    /** All but these tables. */
    public static TableChoice allBut(String... tables) {
        return new TableChoice(Set.of(tables), true);
    }

    /** Whether the table is chosen. */
    public boolean includes(String table) {
        return names.contains(table) != others;
    }
}
