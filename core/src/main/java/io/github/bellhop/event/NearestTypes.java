package io.github.bellhop.event;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known types near to a name that is none. */
final class NearestTypes {
    private static final int LONGEST = 64;
    private static final int MOST = 3;

    private NearestTypes() {}

    static List<EventType> to(String text) {
        if (text.length() > LONGEST) {
            return List.of();
        }
        String wanted = plain(text);
        if (wanted.isEmpty()) {
            return List.of();
        }
        int furthest = Math.max(2, wanted.length() / 4);
        return Arrays.stream(EventType.values())
                .map(type -> new Candidate(type, distance(wanted, type)))
                .filter(candidate -> candidate.distance <= furthest)
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(MOST)
                .map(Candidate::type)
                .toList();
    }

    /** A beginning is as near as one wrong letter: what comes after it has just not been written yet. */
    private static int distance(String wanted, EventType type) {
        String name = plain(type.wireName());
        if (name.equals(wanted)) {
            return 0;
        }
        boolean beginning = wanted.length() >= 2 && name.startsWith(wanted);
        return beginning ? 1 : edits(wanted, name);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The Levenshtein distance: how many letters must be put in, taken out or exchanged. */
    private static int edits(String from, String to) {
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, column -> column);
        for (int row = 1; row <= from.length(); row++) {
            int[] here = new int[to.length() + 1];
            here[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int exchange = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                here[column] = Math.min(above[column - 1] + exchange, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[to.length()];
    }

    private record Candidate(EventType type, int distance) {}
}
