package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is declared of one kind of entity.
 *
 * @param template  of a new one
 * @param prefix    of its ids
 * @param created   the event that tells of a new one; null when none does, as with the others
 * @param updated   the event that tells of a change
 * @param deleted   the event that tells of a deletion
 * @param view      an entity as the Backend API has it, a copy; called under the lock
 * @param eventView an entity as events carry it; called under the lock
 * @param orderKey  what an entity is ordered by, given the order's name
 */
record Kind(
        String template,
        String prefix,
        @Nullable EventType created,
        @Nullable EventType updated,
        @Nullable EventType deleted,
        UnaryOperator<ObjectNode> view,
        UnaryOperator<ObjectNode> eventView,
        BiFunction<ObjectNode, String, JsonNode> orderKey) {
    /** A kind whose entities leave as they are kept, ordered by their keys, of which no event tells. */
    static Kind of(String template, String prefix) {
        return new Kind(
                template, prefix, null, null, null, ObjectNode::deepCopy, UnaryOperator.identity(), ObjectNode::path);
    }

    Kind events(@Nullable EventType creation, @Nullable EventType change, @Nullable EventType deletion) {
        return new Kind(template, prefix, creation, change, deletion, view, eventView, orderKey);
    }

    /** Seen so by the Backend API and in events. */
    Kind seen(UnaryOperator<ObjectNode> everywhere) {
        return seen(everywhere, everywhere);
    }

    Kind seen(UnaryOperator<ObjectNode> byApi, UnaryOperator<ObjectNode> inEvents) {
        return new Kind(template, prefix, created, updated, deleted, byApi, inEvents, orderKey);
    }

    Kind orderedBy(BiFunction<ObjectNode, String, JsonNode> keys) {
        return new Kind(template, prefix, created, updated, deleted, view, eventView, keys);
    }
}
