package io.github.bellhop.spring;

import io.github.bellhop.sync.mirror.TableChoice;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads settings that choose tables: all, none, names, or with a minus before each those that are left out. */
final class TableNames {
    private TableNames() {}

    static TableChoice choice(String setting, List<String> items, Collection<String> choosable) {
        if (items.isEmpty() || items.equals(List.of("none"))) {
            return TableChoice.NONE;
        }
        if (items.equals(List.of("all"))) {
            return TableChoice.ALL;
        }
        boolean leavesOut = items.get(0).startsWith("-");
        Set<String> names = new LinkedHashSet<>();
        for (String item : items) {
            String name = leavesOut && item.startsWith("-") ? item.substring(1).strip() : item;
            if (item.startsWith("-") != leavesOut || !choosable.contains(name)) {
                throw new MisconfigurationException(
                        "The setting " + setting + " holds \"" + item + "\", which it cannot.",
                        "Set it to all, to none, or to names among these, with a minus before every one or before"
                                + " none: " + String.join(", ", choosable) + ".");
            }
            names.add(name);
        }
        return new TableChoice(names, leavesOut);
    }
}
