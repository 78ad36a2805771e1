package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.svix.Application;
import io.github.bellhop.simulator.svix.Attempt;
import io.github.bellhop.simulator.svix.AttemptStatus;
import io.github.bellhop.simulator.svix.Attempts;
import io.github.bellhop.simulator.svix.Endpoint;
import io.github.bellhop.simulator.svix.Message;
import io.github.bellhop.simulator.svix.Page;
import io.github.bellhop.simulator.svix.Replays;
import io.github.bellhop.simulator.svix.SvixException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Converts objects to the JSON of Svix's API. Keys that old and new clients spell differently appear in both spellings.
 */
final class Shapes {
    private Shapes() {}

    /** The way to show statuses. Clients that do not request expanded statuses may not know the status "canceled". */
    enum Statuses {
        EXPANDED,
        /** Shows canceled attempts as successful. */
        COMPATIBLE;

        private ObjectNode put(ObjectNode json, AttemptStatus status) {
            AttemptStatus shown =
                    this == COMPATIBLE && status == AttemptStatus.CANCELED ? AttemptStatus.SUCCESS : status;
            return json.put("status", shown.number()).put("statusText", shown.wireName());
        }
    }

    static ApiResponse problem(int status, String code, String detail) {
        return ApiResponse.of(status, ApiJson.object().put("code", code).put("detail", detail));
    }

    static ApiResponse refused(SvixException refused) {
        String detail = String.valueOf(refused.getMessage());
        if (refused.location().isEmpty()) {
            return problem(refused.status(), refused.code(), detail);
        }
        ObjectNode mistake = ApiJson.object();
        mistake.set("loc", texts(refused.location()));
        mistake.put("msg", detail).put("type", refused.code());
        ObjectNode body = ApiJson.object();
        body.putArray("detail").add(mistake);
        return ApiResponse.of(refused.status(), body);
    }

    static <T> ObjectNode page(Page<T> page, Function<T, ObjectNode> shape) {
        ObjectNode body = ApiJson.object();
        ArrayNode data = body.putArray("data");
        page.data().forEach(item -> data.add(shape.apply(item)));
        body.put("iterator", page.iterator());
        body.put("prevIterator", page.prevIterator());
        return body.put("done", page.done());
    }

    static ObjectNode application(Application application) {
        return withSettings(application.id(), application.settings(), application.createdAt(), application.updatedAt());
    }

    static ObjectNode endpoint(Endpoint endpoint) {
        ObjectNode json = withSettings(endpoint.id(), endpoint.settings(), endpoint.createdAt(), endpoint.updatedAt());
        json.set("filterTypes", json.get("eventTypes"));
        return json.put("version", 1);
    }

    /** The settings of an application or endpoint, with the names of Svix's API. */
    private static ObjectNode withSettings(String id, Record settings, Instant created, Instant updated) {
        ObjectNode json = ApiJson.object().put("id", id);
        json.setAll(ApiJson.tree(settings));
        json.set("rateLimit", json.get("throttleRate"));
        return json.put("createdAt", created.toString()).put("updatedAt", updated.toString());
    }

    static ObjectNode message(Message message, boolean withContent) {
        ObjectNode json = ApiJson.object()
                .put("id", message.id())
                .put("eventId", message.eventId())
                .put("eventType", message.eventType());
        json.set("payload", withContent ? payload(message) : ApiJson.object());
        json.set("channels", message.channels().isEmpty() ? NullNode.getInstance() : texts(message.channels()));
        json.set("tags", message.tags().isEmpty() ? NullNode.getInstance() : texts(message.tags()));
        return json.put("deliverAt", text(message.deliverAt()))
                .put("timestamp", message.timestamp().toString());
    }

    static ObjectNode attempt(Attempt attempt, boolean withContent, Statuses statuses) {
        return statuses.put(
                ApiJson.object()
                        .put("id", attempt.id())
                        .put("url", attempt.url())
                        .put("response", withContent ? attempt.response() : "{}")
                        .put("responseStatusCode", attempt.statusCode())
                        .put("responseDurationMs", attempt.duration().toMillis())
                        .put("triggerType", attempt.trigger().number())
                        .put("msgId", attempt.messageId())
                        .put("endpointId", attempt.endpointId())
                        .put("timestamp", attempt.timestamp().toString()),
                attempt.status());
    }

    static <T> ObjectNode delivery(Attempts.Standing<T> delivery, Function<T, ObjectNode> shape, Statuses statuses) {
        return statuses.put(shape.apply(delivery.subject()), delivery.status())
                .put("nextAttempt", text(delivery.nextAttempt()));
    }

    static ObjectNode task(Replays.Task task) {
        ObjectNode json = ApiJson.object()
                .put("id", task.id())
                .put("status", task.status())
                .put("task", task.task())
                .put("updatedAt", task.updatedAt().toString());
        json.putObject("data").put("messagesSent", task.messages());
        return json;
    }

    /** Shows a deleted payload as Svix does, and a payload that is not JSON as a string. */
    private static JsonNode payload(Message message) {
        OutgoingMessage payload = message.content();
        if (payload == null) {
            return ApiJson.object().put("expired", true);
        }
        try {
            return ApiJson.read(payload.payload());
        } catch (JacksonException e) {
            return StringNode.valueOf(payload.text());
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = ApiJson.array();
        texts.forEach(array::add);
        return array;
    }
}
