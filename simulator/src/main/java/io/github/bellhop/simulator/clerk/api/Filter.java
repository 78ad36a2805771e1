package io.github.bellhop.simulator.clerk.api;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What a list's entities must be like, built up from a request's parameters: those that it lacks ask for nothing. */
final class Filter implements Predicate<ObjectNode> {
    private final Call call;
    private Predicate<ObjectNode> wanted = entity -> true;

    Filter(Call call) {
        this.call = call;
    }

    @Override
    public boolean test(ObjectNode entity) {
        return wanted.test(entity);
    }

    private Filter with(Predicate<ObjectNode> more) {
        wanted = wanted.and(more);
        return this;
    }

    /** One of the parameter's values is the text at a place in the entity. */
    Filter text(String parameter, String pointer) {
        return texts(parameter, entity -> Stream.of(entity.at(pointer).asString("")));
    }

    /** One of the parameter's values is one of the entity's, whatever their case. */
    Filter texts(String parameter, Function<ObjectNode, Stream<String>> values) {
        Set<String> asked = call.request().queryAll(parameter).stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return asked.isEmpty()
                ? this
                : with(entity ->
                        values.apply(entity).anyMatch(value -> asked.contains(value.toLowerCase(Locale.ROOT))));
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
        for (String value : call.request().queryAll(parameter)) {
            (value.startsWith("-") ? without : with).add(value.replaceFirst("^[+\\- ]", ""));
        }
        if (!with.isEmpty()) {
            with(relation.apply(with));
        }
        return without.isEmpty() ? this : with(relation.apply(without).negate());
    }

    /** The entity's time is before or after the parameters NAME_before and NAME_after; an entity without is neither. */
    Filter times(String name) {
        Long before = call.number(name + "_before");
        Long after = call.number(name + "_after");
        if (before != null) {
            with(entity -> entity.path(name).asLong(Long.MAX_VALUE) < before);
        }
        return after == null ? this : with(entity -> entity.path(name).asLong(Long.MIN_VALUE) > after);
    }

    /** The entity's time is that of the parameter NAME_since or after it. */
    Filter since(String name) {
        Long since = call.number(name + "_since");
        return since == null ? this : with(entity -> entity.path(name).asLong(Long.MIN_VALUE) >= since);
    }

    /** The parameter is a flag, and the entity is like it. */
    Filter flag(String parameter, Predicate<ObjectNode> property) {
        Boolean asked = call.flag(parameter);
        return asked == null ? this : with(entity -> property.test(entity) == asked);
    }

    /** One of the entity's texts contains the parameter's value, whatever their case. */
    Filter search(String parameter, Function<ObjectNode, Stream<String>> texts) {
        String asked = call.request().query(parameter);
        if (asked == null || asked.isEmpty()) {
            return this;
        }
        String part = asked.toLowerCase(Locale.ROOT);
        return with(entity -> texts.apply(entity)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part)));
    }

    /** The texts of some keys of an entity. */
    static Function<ObjectNode, Stream<String>> keys(String... keys) {
        return entity -> Stream.of(keys).map(key -> entity.path(key).asString(""));
    }
}
