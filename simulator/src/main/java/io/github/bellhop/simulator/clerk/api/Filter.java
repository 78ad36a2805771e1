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

/** A list filter built from a request's parameters. A missing parameter filters nothing. */
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

    /** Keeps entities whose text at the pointer equals one of the parameter's values. */
    Filter text(String parameter, String pointer) {
        return texts(parameter, entity -> Stream.of(entity.at(pointer).asString("")));
    }

    /** Keeps entities that have one of the parameter's values, ignoring case. */
    Filter texts(String parameter, Function<ObjectNode, Stream<String>> values) {
        Set<String> wanted = call.request().queryAll(parameter).stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return wanted.isEmpty()
                ? this
                : with(entity ->
                        values.apply(entity).anyMatch(value -> wanted.contains(value.toLowerCase(Locale.ROOT))));
    }

    /** Keeps entities whose key has one of the parameter's values. A leading minus excludes a value. */
    Filter key(String parameter, String key) {
        return signed(
                parameter, wanted -> entity -> wanted.contains(entity.path(key).asString("")));
    }

    /** Keeps entities that are related to one of the parameter's values. A leading minus excludes a value. */
    Filter related(String parameter, BiPredicate<ObjectNode, String> relation) {
        return signed(parameter, wanted -> entity -> wanted.stream().anyMatch(value -> relation.test(entity, value)));
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

    /** Filters by the parameters NAME_before and NAME_after. An entity without that time matches neither. */
    Filter times(String name) {
        Long before = call.number(name + "_before");
        Long after = call.number(name + "_after");
        if (before != null) {
            with(entity -> entity.path(name).asLong(Long.MAX_VALUE) < before);
        }
        return after == null ? this : with(entity -> entity.path(name).asLong(Long.MIN_VALUE) > after);
    }

    /** Filters by the parameter NAME_since, inclusively. */
    Filter since(String name) {
        Long since = call.number(name + "_since");
        return since == null ? this : with(entity -> entity.path(name).asLong(Long.MIN_VALUE) >= since);
    }

    /** Keeps entities whose property equals the parameter, a flag. */
    Filter flag(String parameter, Predicate<ObjectNode> property) {
        Boolean wanted = call.flag(parameter);
        return wanted == null ? this : with(entity -> property.test(entity) == wanted);
    }

    /** Keeps entities with a text that contains the parameter's value, ignoring case. */
    Filter search(String parameter, Function<ObjectNode, Stream<String>> texts) {
        String wanted = call.request().query(parameter);
        if (wanted == null || wanted.isEmpty()) {
            return this;
        }
        String part = wanted.toLowerCase(Locale.ROOT);
        return with(entity -> texts.apply(entity)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part)));
    }

    /** Returns the texts of these keys of an entity. */
    static Function<ObjectNode, Stream<String>> keys(String... keys) {
        return entity -> Stream.of(keys).map(key -> entity.path(key).asString(""));
    }
}
