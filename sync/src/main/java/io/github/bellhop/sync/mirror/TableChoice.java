package io.github.bellhop.sync.mirror;

import io.github.bellhop.InvalidSettingException;
import java.util.LinkedHashSet;
import java.util.List;
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

    /**
     * Reads a choice: {@code all}, {@code none}, names, or with a minus before each those that are left out.
     *
     * @param setting the setting's property
     * @throws InvalidSettingException when it names tables both to take and to leave out
     */
    public static TableChoice of(String setting, List<String> items) {
        String first = items.isEmpty() ? "none" : items.get(0).strip();
        if (items.size() <= 1 && first.equalsIgnoreCase("all")) {
            return ALL;
        }
        if (items.size() <= 1 && (first.equalsIgnoreCase("none") || first.isEmpty())) {
            return NONE;
        }
        boolean leavesOut = first.startsWith("-");
        Set<String> names = new LinkedHashSet<>();
        for (String item : items) {
            String name = item.strip();
            if (name.startsWith("-") != leavesOut) {
                throw new InvalidSettingException(
                        setting,
                        "names tables both to take and to leave out",
                        "Write either all names with a minus or none.");
            }
            names.add(leavesOut ? name.substring(1).strip() : name);
        }
        return new TableChoice(names, leavesOut);
    }

    /** Whether the table is chosen. */
    public boolean includes(String table) {
        return names.contains(table) != others;
    }
}
