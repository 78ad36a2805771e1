package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.fixture.FreshIds;
import java.util.HashMap;
import java.util.Map;

/** Svix-like ids, of which each sorts behind the one before: lists and their iterators need nothing else to be in order. */
final class OrderedIds {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CHANCE_AT_END = 10;

    private final FreshIds fresh;
    private final Map<String, String> last = new HashMap<>();

    OrderedIds(FreshIds fresh) {
        this.fresh = fresh;
    }

    String next(String prefix) {
        String id = fresh.next(prefix);
        String before = last.getOrDefault(prefix, "");
        if (id.compareTo(before) <= 0) {
            int head = before.length() - CHANCE_AT_END;
            id = incremented(before.substring(0, head)) + id.substring(head);
        }
        last.put(prefix, id);
        return id;
    }

    private static String incremented(String text) {
        char[] digits = text.toCharArray();
        for (int i = digits.length - 1; ; i--) {
            int next = DIGITS.indexOf(digits[i]) + 1;
            if (next < DIGITS.length()) {
                digits[i] = DIGITS.charAt(next);
                return new String(digits);
            }
            digits[i] = DIGITS.charAt(0);
        }
    }
}
