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
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to a route. An invalid query parameter causes a 422 that names the parameter.
 *
 * @param request   the HTTP request
 * @param variables the values of the path's variables
 * @param read      the query parameters that have been read
 */
record Call(ApiRequest request, Map<String, String> variables, Set<String> read) {
    private static final String NOT_A_MEMBER = "value is not a valid enumeration member";

    Call(ApiRequest request, Map<String, String> variables) {
        this(request, variables, new HashSet<>());
    }

    /**
     * Rejects a GET with a query parameter that its route has not read. Otherwise, a client could mistake an unfiltered
     * list for a filtered one.
     *
     * @throws SvixException 501, if there is such a parameter
     */
    void requireAllRead() {
        if (request.method().equals("GET")) {
            request.query().keySet().stream()
                    .filter(name -> !read.contains(name.replaceFirst("\\[]$", "")))
                    .findFirst()
                    .ifPresent(name -> {
                        throw SvixException.notSimulated("The simulator does not offer the parameter " + name
                                + " of GET /api/v1/" + String.join("/", request.path()) + ".");
                    });
        }
    }

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

    /** The way to show the statuses of attempts. */
    Shapes.Statuses statuses() {
        return isTrue("expanded_statuses") ? Shapes.Statuses.EXPANDED : Shapes.Statuses.COMPATIBLE;
    }

    PageQuery page() {
        Integer limit = number("limit");
        PageQuery first = PageQuery.first().from(present("iterator")).in(order());
        return limit == null ? first : first.limit(limit);
    }

    /** The filter for a list of messages. */
    Filter messages() {
        return filter(null, null, null);
    }

    /** The filter for a list of an endpoint's messages. */
    Filter deliveries() {
        return filter(status(), null, null);
    }

    /** The filter for a list of an endpoint's attempts. */
    Filter attempts() {
        return filter(status(), statusCodeClass(), null);
    }

    /** The filter for a list of a message's attempts. */
    Filter attemptsOfMessage() {
        return filter(status(), statusCodeClass(), present("endpoint_id"));
    }

    private Filter filter(
            @Nullable AttemptStatus status, @Nullable Integer statusCodeClass, @Nullable String endpoint) {
        return new Filter(
                time("before"),
                time("after"),
                present("channel"),
                present("tag"),
                texts("event_types"),
                status,
                statusCodeClass,
                endpoint);
    }

    private @Nullable AttemptStatus status() {
        return read("status", NOT_A_MEMBER, text -> AttemptStatus.of(Integer.parseInt(text)));
    }

    private @Nullable Integer statusCodeClass() {
        return read("status_code_class", NOT_A_MEMBER, text -> Filter.statusCodeClass(Integer.parseInt(text)));
    }

    /** The value of a parameter, which must be one of the given strings; null if it is missing. */
    @Nullable
    String member(String name, Set<String> members) {
        return read(name, NOT_A_MEMBER, text -> members.contains(text) ? text : null);
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
     * The converted value of a parameter; null if it is missing. Rejects a value for which {@code how} throws or
     * returns null.
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

    /** Returns the values of a list parameter, which clients separate with commas or send as several parameters. */
    private Set<String> texts(String name) {
        read.add(name);
        return request.queryAll(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toSet());
    }

    private @Nullable String present(String name) {
        read.add(name);
        String value = request.query(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
