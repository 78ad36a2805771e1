package io.github.bellhop.sync.mirror;

import io.github.bellhop.InvalidSettingException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A selection of tables.
 *
 * @param names  the named tables
 * @param others whether the selection contains every table except the named ones
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

    /** Chooses only these tables. */
    public static TableChoice only(String... tables) {
        return new TableChoice(Set.of(tables), false);
    }

    /** Chooses all tables except these. */
    public static TableChoice allBut(String... tables) {
        return new TableChoice(Set.of(tables), true);
    }

    /**
     * Reads a choice: {@code all}, {@code none}, a list of names, or a list of excluded names, each prefixed with a
     * minus.
     *
     * @param setting the name of the setting's property
     * @throws InvalidSettingException if the list has names with and without a minus
     */
    public static TableChoice of(String setting, List<String> items) {
        String first = items.isEmpty() ? "none" : items.get(0).strip();
        if (items.size() <= 1 && first.equalsIgnoreCase("all")) {
            return ALL;
        }
        if (items.size() <= 1 && (first.equalsIgnoreCase("none") || first.isEmpty())) {
            return NONE;
        }
        boolean excludes = first.startsWith("-");
        Set<String> names = new LinkedHashSet<>();
        for (String item : items) {
            String name = item.strip();
            if (name.startsWith("-") != excludes) {
                throw new InvalidSettingException(
                        setting,
                        "names tables both to include and to exclude",
                        "Write all names with a minus, or none of them.");
            }
            names.add(excludes ? name.substring(1).strip() : name);
        }
        return new TableChoice(names, excludes);
    }

    /** Returns whether the table is chosen. */
    public boolean includes(String table) {
        return names.contains(table) != others;
    }
}
