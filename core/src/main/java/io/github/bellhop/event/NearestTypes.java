package io.github.bellhop.event;

import io.github.bellhop.event.internal.NearestNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known types that are closest to an unknown name. */
final class NearestTypes {
    private static final int LONGEST = 64;
    private static final int MOST = 3;

    private NearestTypes() {}

    static List<EventType> to(String text) {
        String wanted = plain(text);
        if (text.length() > LONGEST || wanted.isEmpty()) {
            return List.of();
        }
        int furthest = Math.max(2, wanted.length() / 4);
        return Arrays.stream(EventType.values())
                .filter(type -> distance(wanted, type) <= furthest)
                .sorted(Comparator.comparingInt(type -> distance(wanted, type)))
                .limit(MOST)
                .toList();
    }

    /** A prefix counts as one wrong letter, because the user may not have typed the rest yet. */
    private static int distance(String wanted, EventType type) {
        String name = plain(type.wireName());
        if (name.equals(wanted)) {
            return 0;
        }
        boolean beginning = wanted.length() >= 2 && name.startsWith(wanted);
        return beginning ? 1 : NearestNames.distance(wanted, name);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
