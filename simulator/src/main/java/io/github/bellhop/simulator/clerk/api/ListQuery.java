package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.PageRequest;
import io.github.bellhop.simulator.http.ApiRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which part of a list a request wants, and in which order. */
final class ListQuery {
    private static final int MOST = 500;
    private static final int DEFAULT = 10;

    private ListQuery() {}

    /**
     * The page of a list that is ordered by {@code -created_at} unless the request says otherwise.
     *
     * @param orders the other orders that the list has
     */
    static PageRequest of(ApiRequest request, String... orders) {
        String order = request.query("order_by");
        // A plus sign that the client did not encode is a space in a query.
        String field = order == null ? PageRequest.CREATED_AT : order.replaceFirst("^[+\\- ]", "");
        if (!field.equals(PageRequest.CREATED_AT) && !List.of(orders).contains(field)) {
            throw ClerkRefusedException.invalid(
                    "order_by", "order_by must be created_at" + others(orders) + ", with + or - before it.");
        }
        return new PageRequest(
                number(request, "limit", 1, MOST, DEFAULT),
                number(request, "offset", 0, Integer.MAX_VALUE, 0),
                field,
                order == null || order.startsWith("-"),
                null);
    }

    private static String others(String... orders) {
        return orders.length == 0 ? "" : " or one of " + String.join(", ", orders);
    }

    /** The same for a list that can be walked from entity to entity: only in the order of creation, and from there on. */
    static PageRequest withCursor(ApiRequest request, String... orders) {
        PageRequest page = of(request, orders);
        String cursor = request.query("starting_after");
        if (cursor == null) {
            return page;
        }
        if (!page.order().equals(PageRequest.CREATED_AT)) {
            throw ClerkRefusedException.invalid("starting_after", "starting_after needs an order_by of created_at.");
        }
        if (page.offset() != 0) {
            throw ClerkRefusedException.invalid("starting_after", "starting_after needs an offset of 0.");
        }
        return new PageRequest(page.limit(), 0, page.order(), page.descending(), cursor);
    }

    private static int number(ApiRequest request, String name, int least, int most, int otherwise) {
        Long value = number(request, name);
        if (value == null) {
            return otherwise;
        }
        if (value < least || value > most) {
            throw ClerkRefusedException.invalid(name, name + " must be from " + least + " to " + most + ".");
        }
        return value.intValue();
    }

    /** The number of a query parameter; null when there is none. */
    static @Nullable Long number(ApiRequest request, String name) {
        String value = request.query(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException text) {
            throw ClerkRefusedException.invalid(name, name + " must be an integer.");
        }
    }

    /** The flag of a query parameter; null when there is none. */
    static @Nullable Boolean flag(ApiRequest request, String name) {
        String value = request.query(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw ClerkRefusedException.invalid(name, name + " must be true or false.");
        }
        return value == null ? null : (Boolean) value.equals("true");
    }
}
