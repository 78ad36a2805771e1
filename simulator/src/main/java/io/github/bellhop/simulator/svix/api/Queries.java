package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.svix.AttemptStatus;
import io.github.bellhop.simulator.svix.Filter;
import io.github.bellhop.simulator.svix.PageQuery;
import io.github.bellhop.simulator.svix.PageQuery.Order;
import io.github.bellhop.simulator.svix.SvixException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that the lists have in common. A value that cannot be read is a 422 that names it. */
final class Queries {
    private Queries() {}

    static PageQuery page(ApiRequest request) {
        Integer limit = number(request, "limit");
        PageQuery first = PageQuery.first().from(present(request, "iterator")).in(order(request));
        return limit == null ? first : first.limit(limit);
    }

    static Filter filter(ApiRequest request) {
        return new Filter(
                time(request, "before"),
                time(request, "after"),
                present(request, "channel"),
                present(request, "tag"),
                texts(request, "event_types"),
                status("status", number(request, "status")),
                number(request, "status_code_class"),
                present(request, "endpoint_id"));
    }

    /** What is true unless it is said to be false. */
    static boolean unlessFalse(ApiRequest request, String name) {
        String value = present(request, name);
        return value == null || flag(name, value);
    }

    /** What is false unless it is said to be true. */
    static boolean ifTrue(ApiRequest request, String name) {
        String value = present(request, name);
        return value != null && flag(name, value);
    }

    static @Nullable Instant time(ApiRequest request, String name) {
        String text = present(request, name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw SvixException.invalidQuery(name, "invalid datetime format");
        }
    }

    static @Nullable AttemptStatus status(String name, @Nullable Integer number) {
        if (number == null) {
            return null;
        }
        AttemptStatus status = AttemptStatus.of(number);
        if (status == null) {
            throw SvixException.invalidQuery(name, "value is not a valid enumeration member");
        }
        return status;
    }

    private static @Nullable Order order(ApiRequest request) {
        String order = present(request, "order");
        if (order == null) {
            return null;
        }
        return switch (order) {
            case "ascending" -> Order.ASCENDING;
            case "descending" -> Order.DESCENDING;
            default -> throw SvixException.invalidQuery("order", "must be ascending or descending");
        };
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw SvixException.invalidQuery(name, "value could not be parsed to a boolean");
        };
    }

    private static @Nullable Integer number(ApiRequest request, String name) {
        String text = present(request, name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException noNumber) {
            throw SvixException.invalidQuery(name, "value is not a valid integer");
        }
    }

    /** Clients write lists with commas, or the parameter several times. */
    private static Set<String> texts(ApiRequest request, String name) {
        Set<String> texts = new LinkedHashSet<>();
        for (String value : request.queryAll(name)) {
            for (String text : value.split(",", -1)) {
                if (!text.isEmpty()) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private static @Nullable String present(ApiRequest request, String name) {
        String value = request.query(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
