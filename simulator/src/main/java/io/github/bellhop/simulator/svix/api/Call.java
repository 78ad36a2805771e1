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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request, as the routes read it. A value of the query that cannot be read is a 422 that names it.
 *
 * @param request   what came
 * @param variables the values of the variables of its path
 */
record Call(ApiRequest request, Map<String, String> variables) {
    /** The id or uid of the application in the path. */
    String app() {
        return variable("app");
    }

    /** The id or uid of the endpoint in the path. */
    String endpoint() {
        return variable("endpoint");
    }

    /** The id or event id of the message in the path. */
    String message() {
        return variable("msg");
    }

    String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    Body body() {
        return Body.of(request);
    }

    /** Whether payloads and answers are to be shown. */
    boolean withContent() {
        String value = present("with_content");
        return value == null || flag("with_content", value);
    }

    PageQuery page() {
        Integer limit = number("limit");
        PageQuery first = PageQuery.first().from(present("iterator")).in(order());
        return limit == null ? first : first.limit(limit);
    }

    Filter filter() {
        return new Filter(
                time("before"),
                time("after"),
                present("channel"),
                present("tag"),
                texts("event_types"),
                status("status", number("status")),
                number("status_code_class"),
                present("endpoint_id"));
    }

    /** What is false unless it is said to be true. */
    boolean asksFor(String name) {
        String value = present(name);
        return value != null && flag(name, value);
    }

    @Nullable
    Instant time(String name) {
        String text = present(name);
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

    private @Nullable Order order() {
        String order = present("order");
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

    private @Nullable Integer number(String name) {
        String text = present(name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException noNumber) {
            throw SvixException.invalidQuery(name, "value is not a valid integer");
        }
    }

    /** Clients write lists with commas, or the parameter several times. */
    private Set<String> texts(String name) {
        return request.queryAll(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toSet());
    }

    private @Nullable String present(String name) {
        String value = request.query(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
