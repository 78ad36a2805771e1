package io.github.bellhop.server.settings;

import io.github.bellhop.event.internal.NearestNames;
import io.github.bellhop.sync.mirror.TableChoice;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads settings that choose tables: all, none, names, or with a minus before each those that are left out. */
final class TableList {
    private TableList() {}

    /**
     * The choice that a setting makes.
     *
     * @param setting  the setting's name, for messages
     * @param choosable the tables that it can name
     * @param lack     what a table has not that cannot be named here, though there is one
     * @throws UnusableSettingException when it names anything else
     */
    static TableChoice of(
            String setting, String text, Collection<String> choosable, Collection<String> tables, String lack) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("all")) {
            return TableChoice.ALL;
        }
        if (word.equals("none") || word.isEmpty()) {
            return TableChoice.NONE;
        }
        List<String> items = Stream.of(text.split(",", -1)).map(String::strip).toList();
        boolean leavesOut = items.get(0).startsWith("-");
        Set<String> names = new LinkedHashSet<>();
        for (String item : items) {
            if (item.startsWith("-") != leavesOut) {
                throw new UnusableSettingException("The setting " + setting + " is \"" + text
                        + "\", which names tables both to take and to leave out. Write either all names with a minus"
                        + " before them or none.");
            }
            String name = leavesOut ? item.substring(1).strip() : item;
            check(setting, name, choosable, tables, lack);
            names.add(name);
        }
        return new TableChoice(names, leavesOut);
    }

    private static void check(
            String setting, String name, Collection<String> choosable, Collection<String> tables, String lack) {
        if (choosable.contains(name)) {
            return;
        }
        if (tables.contains(name)) {
            throw new UnusableSettingException(
                    "The setting " + setting + " names " + name + ", which has no " + lack + ". Leave it out.");
        }
        List<String> near = NearestNames.to(name, choosable);
        throw new UnusableSettingException("The setting " + setting + " names the table \"" + name
                + "\", which there is not. "
                + (near.isEmpty()
                        ? "See docs/tables.md for those that there are."
                        : "Did you mean " + String.join(" or ", near) + "?"));
    }
}
