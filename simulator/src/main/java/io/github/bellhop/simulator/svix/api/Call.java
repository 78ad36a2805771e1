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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to a route. An invalid query parameter is a 422 that names the parameter.
 *
 * @param request   the HTTP request
 * @param variables the values of the path's variables
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

    /** Whether to include payloads and answers. */
    boolean withContent() {
        return !Boolean.FALSE.equals(flag("with_content"));
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

    /** A query flag, false by default. */
    boolean isTrue(String name) {
        return Boolean.TRUE.equals(flag(name));
    }

    @Nullable
    Instant time(String name) {
        return read(
                name,
                "invalid datetime format",
                text -> OffsetDateTime.parse(text).toInstant());
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
        return read(
                "order",
                "must be ascending or descending",
                Map.of("ascending", Order.ASCENDING, "descending", Order.DESCENDING)::get);
    }

    private @Nullable Boolean flag(String name) {
        return read(name, "value could not be parsed to a boolean", Map.of("true", true, "false", false)::get);
    }

    private @Nullable Integer number(String name) {
        return read(name, "value is not a valid integer", Integer::valueOf);
    }

    /**
     * The value of a parameter; null if it is missing. A value is rejected if {@code how} throws or returns null for
     * it.
     */
    private <T> @Nullable T read(String name, String otherwise, Function<String, @Nullable T> how) {
        String text = present(name);
        T value = null;
        try {
            value = text == null ? null : how.apply(text);
        } catch (NumberFormatException | DateTimeException unreadable) {
            // Rejected below with the same message.
        }
        if (text != null && value == null) {
            throw SvixException.invalidQuery(name, otherwise);
        }
        return value;
    }

    /** Splits a list, which clients write with commas or by repeating the parameter. */
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
