package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.http.ApiRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What a list's entities must be like, built up from a request's parameters: those that it lacks ask for nothing. */
final class Filter {
    private final ApiRequest request;
    private Predicate<ObjectNode> wanted = entity -> true;

    private Filter(ApiRequest request) {
        this.request = request;
    }

    static Filter of(ApiRequest request) {
        return new Filter(request);
    }

    Predicate<ObjectNode> toPredicate() {
        return wanted;
    }

    private Filter and(Predicate<ObjectNode> more) {
        wanted = wanted.and(more);
        return this;
    }

    /** One of the parameter's values is the text at a place in the entity. */
    Filter text(String parameter, String pointer) {
        return texts(parameter, entity -> Stream.of(entity.at(pointer).asString("")));
    }

    /** One of the parameter's values is one of the entity's, whatever their case. */
    Filter texts(String parameter, Function<ObjectNode, Stream<String>> values) {
        Set<String> asked = lower(request.queryAll(parameter));
        return asked.isEmpty()
                ? this
                : and(entity -> values.apply(entity).anyMatch(value -> asked.contains(value.toLowerCase(Locale.ROOT))));
    }

    /** The text of a key is one of the parameter's values; or, of those with a minus before them, none. */
    Filter key(String parameter, String key) {
        return signed(
                parameter, asked -> entity -> asked.contains(entity.path(key).asString("")));
    }

    /** One of the parameter's values stands in a relation to the entity; or, of those with a minus before them, none. */
    Filter related(String parameter, BiPredicate<ObjectNode, String> relation) {
        return signed(parameter, asked -> entity -> asked.stream().anyMatch(value -> relation.test(entity, value)));
    }

    private Filter signed(String parameter, Function<Set<String>, Predicate<ObjectNode>> relation) {
        Set<String> with = new HashSet<>();
        Set<String> without = new HashSet<>();
        for (String value : request.queryAll(parameter)) {
            (value.startsWith("-") ? without : with).add(value.replaceFirst("^[+\\- ]", ""));
        }
        if (!with.isEmpty()) {
            and(relation.apply(with));
        }
        return without.isEmpty() ? this : and(relation.apply(without).negate());
    }

    /** The entity's time is before or after the parameters NAME_before and NAME_after; an entity without is neither. */
    Filter times(String name) {
        Long before = ListQuery.number(request, name + "_before");
        Long after = ListQuery.number(request, name + "_after");
        if (before != null) {
            and(entity -> entity.path(name).asLong(Long.MAX_VALUE) < before);
        }
        return after == null ? this : and(entity -> entity.path(name).asLong(Long.MIN_VALUE) > after);
    }

    /** The entity's time is that of the parameter NAME_since or after it. */
    Filter since(String name) {
        Long since = ListQuery.number(request, name + "_since");
        return since == null ? this : and(entity -> entity.path(name).asLong(Long.MIN_VALUE) >= since);
    }

    /** The parameter is a flag, and the entity is like it. */
    Filter flag(String parameter, Predicate<ObjectNode> property) {
        Boolean asked = ListQuery.flag(request, parameter);
        return asked == null ? this : and(entity -> property.test(entity) == asked);
    }

    /** One of the entity's texts contains the parameter's value, whatever their case. */
    Filter search(String parameter, Function<ObjectNode, Stream<String>> texts) {
        String asked = request.query(parameter);
        if (asked == null || asked.isEmpty()) {
            return this;
        }
        String part = asked.toLowerCase(Locale.ROOT);
        return and(entity -> texts.apply(entity)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part)));
    }

    /** The texts of some keys of an entity. */
    static Function<ObjectNode, Stream<String>> keys(String... keys) {
        return entity -> Stream.of(keys).map(key -> entity.path(key).asString(""));
    }

    private static Set<String> lower(List<String> values) {
        Set<String> lower = new HashSet<>();
        values.forEach(value -> lower.add(value.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
