package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The declaration of one kind of entity.
 *
 * @param template  the template of a new entity
 * @param prefix    the prefix of the ids
 * @param created   the event for a new entity; each of the three events is null if Clerk has no such event
 * @param updated   the event for a change
 * @param deleted   the event for a deletion
 * @param view      returns a copy of an entity in the shape of the Backend API; called under the lock
 * @param eventView returns a copy of an entity in the shape of events; called under the lock
 * @param orderKey  returns the value to order an entity by, given the order's name
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
    /** A kind without events, whose entities are shown as they are stored and are ordered by their keys. */
    static Kind of(String template, String prefix) {
        return new Kind(
                template, prefix, null, null, null, ObjectNode::deepCopy, UnaryOperator.identity(), ObjectNode::path);
    }

    Kind events(@Nullable EventType creation, @Nullable EventType change, @Nullable EventType deletion) {
        return new Kind(template, prefix, creation, change, deletion, view, eventView, orderKey);
    }

    /** Returns a copy with this view for both the Backend API and events. */
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
