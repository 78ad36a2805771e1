package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A list filter built from a request's parameters. A missing parameter excludes nothing. */
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

    /** Adds a condition that entities must also meet; returns this filter. */
    @Override
    public Filter and(Predicate<? super ObjectNode> more) {
        wanted = wanted.and(more);
        return this;
    }

    /** Keeps entities whose string at the JSON pointer equals one of the parameter's values. */
    Filter text(String parameter, String pointer) {
        return texts(parameter, entity -> Stream.of(entity.at(pointer).asString("")));
    }

    /**
     * Keeps entities whose string at the JSON pointer equals one of the parameter's values.
     *
     * @param allowed the allowed values of the parameter
     */
    Filter oneOf(String parameter, String pointer, Set<String> allowed) {
        return oneOf(
                parameter,
                allowed,
                (entity, value) -> entity.at(pointer).asString("").equals(value));
    }

    /**
     * Keeps entities to which one of the parameter's values applies.
     *
     * @param allowed the allowed values of the parameter
     */
    Filter oneOf(String parameter, Set<String> allowed, BiPredicate<ObjectNode, String> applies) {
        List<String> wanted = call.queryAll(parameter);
        wanted.forEach(value -> requireAllowed(parameter, value, allowed));
        return wanted.isEmpty() ? this : and(entity -> wanted.stream().anyMatch(value -> applies.test(entity, value)));
    }

    private static void requireAllowed(String parameter, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw ClerkRefusedException.notAllowed(parameter, value, allowed);
        }
    }

    /** Keeps entities that have one of the parameter's values, ignoring case. */
    Filter texts(String parameter, Function<ObjectNode, Stream<String>> values) {
        Set<String> wanted = call.queryAll(parameter).stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return wanted.isEmpty()
                ? this
                : and(entity ->
                        values.apply(entity).anyMatch(value -> wanted.contains(value.toLowerCase(Locale.ROOT))));
    }

    /** Keeps entities whose key has one of the parameter's values. A leading minus excludes a value. */
    Filter key(String parameter, String key) {
        return signed(
                call.queryAll(parameter),
                wanted -> entity -> wanted.contains(entity.path(key).asString("")));
    }

    /**
     * Keeps entities whose key has one of the parameter's values, as {@link #key(String, String)} does. The values may
     * also be a comma-separated list.
     *
     * @param allowed the allowed values of the parameter
     */
    Filter key(String parameter, String key, Set<String> allowed) {
        List<String> values = call.queryList(parameter);
        values.forEach(value -> requireAllowed(parameter, value.replaceFirst("^-", ""), allowed));
        return signed(
                values, wanted -> entity -> wanted.contains(entity.path(key).asString("")));
    }

    /** Keeps entities that are related to one of the parameter's values. A leading minus excludes a value. */
    Filter related(String parameter, BiPredicate<ObjectNode, String> relation) {
        return signed(
                call.queryAll(parameter),
                wanted -> entity -> wanted.stream().anyMatch(value -> relation.test(entity, value)));
    }

    private Filter signed(List<String> values, Function<Set<String>, Predicate<ObjectNode>> relation) {
        Set<String> with = new HashSet<>();
        Set<String> without = new HashSet<>();
        for (String value : values) {
            (value.startsWith("-") ? without : with).add(value.replaceFirst("^[+\\- ]", ""));
        }
        if (!with.isEmpty()) {
            and(relation.apply(with));
        }
        return without.isEmpty() ? this : and(relation.apply(without).negate());
    }

    /** Filters by the parameters NAME_before and NAME_after. An entity without that time matches neither. */
    Filter times(String name) {
        Long before = call.time(name + "_before");
        Long after = call.time(name + "_after");
        if (before != null) {
            and(entity -> entity.path(name).asLong(Long.MAX_VALUE) < before);
        }
        return after == null ? this : and(entity -> entity.path(name).asLong(Long.MIN_VALUE) > after);
    }

    /** Filters by the parameter NAME_since, which is inclusive. */
    Filter since(String name) {
        Long since = call.time(name + "_since");
        return since == null ? this : and(entity -> entity.path(name).asLong(Long.MIN_VALUE) >= since);
    }

    /** Keeps entities whose property equals the parameter, which is true or false. */
    Filter flag(String parameter, Predicate<ObjectNode> property) {
        Boolean wanted = call.flag(parameter);
        return wanted == null ? this : and(entity -> property.test(entity) == wanted);
    }

    /** Keeps entities with a string that contains the parameter's value, ignoring case. */
    Filter search(String parameter, Function<ObjectNode, Stream<String>> texts) {
        return search(parameter, "", texts);
    }

    /**
     * Keeps entities with a string that contains the parameter's value, ignoring case, and entities whose key
     * {@code exact} has exactly this value.
     *
     * @param exact the key whose value is compared as a whole
     */
    Filter search(String parameter, String exact, Function<ObjectNode, Stream<String>> texts) {
        String wanted = call.query(parameter);
        if (wanted == null || wanted.isEmpty()) {
            return this;
        }
        String part = wanted.toLowerCase(Locale.ROOT);
        return and(entity -> entity.path(exact).asString("").equals(wanted)
                || texts.apply(entity)
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part)));
    }

    /** Returns a function that gets the strings at these keys of an entity. */
    static Function<ObjectNode, Stream<String>> keys(String... keys) {
        return entity -> Stream.of(keys).map(key -> entity.path(key).asString(""));
    }
}
