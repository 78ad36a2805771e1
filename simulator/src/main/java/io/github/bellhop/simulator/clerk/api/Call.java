package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkError;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Page;
import io.github.bellhop.simulator.clerk.PageRequest;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to a route, with methods that read its parameters and build lists.
 *
 * @param request   the HTTP request
 * @param variables the values of the path's variables
 * @param read      the query parameters that have been read
 */
record Call(ApiRequest request, Map<String, String> variables, Set<String> read) {
    private static final int MAX_LIMIT = 500;
    private static final int MAX_VALUES = 100;
    private static final int DEFAULT = 10;
    private static final Pattern JSON = Pattern.compile("(?i)\\s*application/json\\s*(;.*)?");
    private static final List<String> METADATA = List.of("public_metadata", "private_metadata", "unsafe_metadata");

    Call(ApiRequest request, Map<String, String> variables) {
        this(request, variables, new HashSet<>());
    }

    /** Returns a factory that accepts only requests with this API version or a later one. */
    static BiFunction<ApiRequest, Map<String, String>, Call> since(String version, String what) {
        return (request, variables) -> {
            if (!ApiVersions.isSince(request, version)) {
                throw ClerkError.NOT_FOUND.because("There are no " + what + " before API version " + version + ".");
            }
            return new Call(request, variables);
        };
    }

    /** The path variable {@code id}. */
    String id() {
        return variable("id");
    }

    /** The path variable {@code part}: the id of a part of the entity {@link #id()}. */
    String part() {
        return variable("part");
    }

    private String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    @Nullable
    String query(String name) {
        read.add(name);
        return request.query(name);
    }

    /** All values of a query parameter. Clerk accepts up to 100 values. */
    List<String> queryAll(String name) {
        read.add(name);
        List<String> values = request.queryAll(name);
        if (values.size() > MAX_VALUES) {
            throw ClerkError.ARRAY_SIZE.of(name, name + " should not exceed " + MAX_VALUES + " items.");
        }
        return values;
    }

    /** All values of a query parameter that may also be a comma-separated list. */
    List<String> queryList(String name) {
        return queryAll(name).stream()
                .flatMap(values -> Stream.of(values.split(",", -1)))
                .toList();
    }

    /**
     * Rejects a GET with a query parameter that its route has not read. Otherwise, a client could mistake an unfiltered
     * list for a filtered one.
     *
     * @throws ClerkRefusedException 501, if there is such a parameter
     */
    void requireAllRead() {
        if (request.method().equals("GET")) {
            request.query().keySet().stream()
                    .filter(name -> !name.startsWith("_") && !read.contains(name.replaceFirst("\\[]$", "")))
                    .findFirst()
                    .ifPresent(name -> {
                        throw ClerkRefusedException.notSimulated("The simulator does not offer the parameter " + name
                                + " of GET /v1/" + String.join("/", request.path()) + ".");
                    });
        }
    }

    /** Whether a query flag is true. */
    boolean isTrue(String flag) {
        return Boolean.TRUE.equals(flag(flag));
    }

    /**
     * Returns the requested page, ordered by {@code -created_at} unless the request says otherwise.
     *
     * @param orders the other orders that the list supports
     */
    PageRequest page(String... orders) {
        String order = query("order_by");
        // An unencoded plus sign arrives as a space.
        String field = order == null ? PageRequest.CREATED_AT : order.replaceFirst("^[+\\- ]", "");
        if (!field.equals(PageRequest.CREATED_AT) && !List.of(orders).contains(field)) {
            throw ClerkError.VALUE_INVALID.of(
                    "order_by", "order_by must be created_at" + others(orders) + ", with + or - before it.");
        }
        return new PageRequest(
                number("limit", 1, MAX_LIMIT, DEFAULT),
                number("offset", 0, Integer.MAX_VALUE, 0),
                field,
                order == null || order.startsWith("-"),
                null);
    }

    private static String others(String... orders) {
        return orders.length == 0 ? "" : " or one of " + String.join(", ", orders);
    }

    /**
     * Returns the requested page of a list that supports {@code starting_after}, which works only in order of creation.
     */
    PageRequest pageWithCursor(String... orders) {
        PageRequest page = page(orders);
        String cursor = query("starting_after");
        if (cursor == null) {
            return page;
        }
        if (!page.order().equals(PageRequest.CREATED_AT)) {
            throw ClerkError.CONDITIONAL_DISALLOWED.of(
                    "starting_after", "`starting_after` isn't allowed when `order_by` is " + page.order() + ".");
        }
        if (page.offset() != 0) {
            throw ClerkError.CONDITIONAL_DISALLOWED.of(
                    "starting_after", "`starting_after` isn't allowed when `offset` is " + page.offset() + ".");
        }
        return new PageRequest(page.limit(), 0, page.order(), page.descending(), cursor);
    }

    private int number(String name, int least, int most, int otherwise) {
        Long value = number(name);
        if (value == null) {
            return otherwise;
        }
        if (value < least) {
            throw ClerkError.VALUE_INVALID.of(name, name + " must be at least " + least + ".");
        }
        if (value > most) {
            throw ClerkError.VALUE_TOO_LARGE.of(name, "The value of " + name + " can't be greater than " + most);
        }
        return value.intValue();
    }

    /** The query parameter as a number; null if it is missing. */
    @Nullable
    Long number(String name) {
        return number(name, ClerkError.TYPE_INVALID, "`" + name + "` must be a `integer`.");
    }

    /** The query parameter as a time in milliseconds; null if it is missing. */
    @Nullable
    Long time(String name) {
        return number(name, ClerkError.DATE_INVALID, "Date values must be given in Unix millisecond timestamp format.");
    }

    private @Nullable Long number(String name, ClerkError error, String message) {
        String value = query(name);
        try {
            return value == null ? null : Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw error.of(name, message);
        }
    }

    /** The query parameter as a flag; null if it is missing. */
    @Nullable
    Boolean flag(String name) {
        String value = query(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw ClerkError.TYPE_INVALID.of(name, "`" + name + "` must be a `boolean`.");
        }
        return value == null ? null : (Boolean) value.equals("true");
    }

    Filter filter() {
        return new Filter(this);
    }

    /** The parameters in the body; empty if there is no body. */
    ObjectNode body() {
        if (!request.hasBody()) {
            return ApiJson.object();
        }
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw invalid();
    }

    /**
     * The parameters of an update. Since version 2026-05-12, an update must not contain metadata, which has its own
     * paths.
     */
    ObjectNode bodyWithoutMetadata() {
        ObjectNode body = body();
        if (ApiVersions.isSince(request, ApiVersions.WITH_METADATA_APART)) {
            METADATA.stream().filter(body::has).findFirst().ifPresent(key -> {
                throw ClerkRefusedException.unknown(key);
            });
        }
        return body;
    }

    /**
     * The list of parameter objects in the body.
     *
     * @param most the maximum number of elements
     */
    List<ObjectNode> bodies(int most) {
        List<ObjectNode> objects = new ArrayList<>();
        if (!request.hasBody() || !(json() instanceof ArrayNode array) || array.isEmpty()) {
            throw invalid();
        }
        if (array.size() > most) {
            throw ClerkError.BULK_SIZE.because(
                    "Parameters exceed the maximum allowed bulk processing size of " + most + ".");
        }
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode object)) {
                throw invalid();
            }
            objects.add(object);
        }
        return objects;
    }

    private JsonNode json() {
        String type = request.header("content-type");
        if (type != null && !JSON.matcher(type).matches()) {
            throw ClerkError.CONTENT_TYPE.because(
                    "Content-Type " + type + " is unsupported. You should use application/json instead.");
        }
        try {
            return request.bodyJson();
        } catch (JacksonException malformed) {
            throw invalid();
        }
    }

    private static ClerkRefusedException invalid() {
        return ClerkError.BODY_INVALID.because(
                "The request body is invalid. Please consult the API documentation for more information.");
    }

    /** The entities as a plain array. */
    static ArrayNode array(List<ObjectNode> rows) {
        ArrayNode array = ApiJson.array();
        rows.forEach(array::add);
        return array;
    }

    /** A page with the total number of entities. */
    static ObjectNode counted(Page page) {
        ObjectNode body = ApiJson.object();
        body.set("data", array(page.rows()));
        return body.put("total_count", page.total());
    }

    /** A complete list with the number of its entities. */
    static ObjectNode all(List<ObjectNode> rows) {
        return counted(new Page(rows, rows.size()));
    }

    /** A page as a plain array, or with the total if the request has {@code paginated=true}. */
    JsonNode arrayUnlessPaginated(Page page) {
        return isTrue("paginated") ? counted(page) : array(page.rows());
    }

    /**
     * Checks {@code paginated} for a list that is always answered as a page.
     *
     * @throws ClerkRefusedException 501, if the parameter is false
     */
    Call alwaysPaginated() {
        if (Boolean.FALSE.equals(flag("paginated"))) {
            throw ClerkRefusedException.notSimulated("The simulator does not offer paginated=false for GET /v1/"
                    + String.join("/", request.path()) + ": the shape of that answer is not documented.");
        }
        return this;
    }
}
