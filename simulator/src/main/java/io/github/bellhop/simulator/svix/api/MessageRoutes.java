package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.Attempt;
import io.github.bellhop.simulator.svix.Attempts;
import io.github.bellhop.simulator.svix.Message;
import io.github.bellhop.simulator.svix.Messages;
import io.github.bellhop.simulator.svix.NewMessage;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes for {@code /app/{app}/msg}, for attempts by endpoint and by message, and for delivery statuses. */
final class MessageRoutes {
    private static final String ALL = "/app/{app}/msg";
    private static final String ONE = ALL + "/{msg}";

    private final Messages messages;
    private final Attempts attempts;

    MessageRoutes(SvixService service) {
        this.messages = service.messages();
        this.attempts = service.attempts();
    }

    void addTo(Routes<Call> paths) {
        paths.get(ALL, call -> Shapes.page(messages.list(call.app(), call.messages(), call.page()), message(call)))
                .on("POST", ALL, 202, call -> {
                    Function<Message, ObjectNode> shape = message(call);
                    return shape.apply(messages.create(call.app(), message(call.body())));
                })
                .post(ALL + "/precheck/active", call -> {
                    Body body = call.body();
                    return ApiJson.object()
                            .put(
                                    "active",
                                    messages.isWanted(
                                            call.app(), body.text("eventType"), body.textsOrNull("channels")));
                })
                .gone(
                        "DELETE",
                        ONE + "/attempt/{attempt}/content",
                        call -> attempts.deleteContent(call.app(), call.message(), call.variable("attempt")))
                .get(ONE, call -> message(call).apply(messages.get(call.app(), call.message())))
                .gone("DELETE", ONE + "/content", call -> messages.deleteContent(call.app(), call.message()))
                .get("/app/{app}/attempt/endpoint/{endpoint}", this::ofEndpoint)
                .get(
                        "/app/{app}/attempt/msg/{msg}",
                        call -> Shapes.page(
                                attempts.ofMessage(call.app(), call.message(), call.attemptsOfMessage(), call.page()),
                                attempt(call)))
                .get("/app/{app}/endpoint/{endpoint}/msg", call -> {
                    Function<Message, ObjectNode> shape = message(call);
                    Shapes.Statuses statuses = call.statuses();
                    return Shapes.page(
                            attempts.messagesOf(call.app(), call.endpoint(), call.deliveries(), call.page()),
                            delivery -> Shapes.delivery(delivery, shape, statuses));
                })
                .get(
                        ONE + "/endpoint",
                        call -> Shapes.page(
                                attempts.endpointsOf(call.app(), call.message(), call.page()),
                                delivery -> Shapes.delivery(delivery, Shapes::endpoint, Shapes.Statuses.EXPANDED)))
                .get(
                        ONE + "/attempt/{attempt}",
                        call -> Shapes.attempt(
                                attempts.get(call.app(), call.message(), call.variable("attempt")),
                                true,
                                call.statuses()));
    }

    /** Returns a function that converts messages, with or without their content, depending on the call. */
    private static Function<Message, ObjectNode> message(Call call) {
        boolean withContent = call.withContent();
        return message -> Shapes.message(message, withContent);
    }

    private static Function<Attempt, ObjectNode> attempt(Call call) {
        boolean withContent = call.withContent();
        Shapes.Statuses statuses = call.statuses();
        return attempt -> Shapes.attempt(attempt, withContent, statuses);
    }

    private static NewMessage message(Body given) {
        Body body = given.alias("payload", "data");
        return new NewMessage(
                body.text("eventType"),
                payload(body),
                body.textOrNull("eventId"),
                body.texts("channels"),
                body.texts("tags"),
                body.timeOrNull("deliverAt"),
                retention(body));
    }

    /**
     * Returns the payload, or the string in {@code transformationsParams}, which is sent verbatim. Some clients send
     * only {@code transformationsParams}.
     */
    private static byte[] payload(Body body) {
        Body payload = body.objectOrNull("payload");
        Body parameters = body.objectOrNull("transformationsParams");
        String raw = parameters == null ? null : parameters.textOrNull("rawPayload");
        if (raw != null) {
            return raw.getBytes(StandardCharsets.UTF_8);
        }
        if (payload == null) {
            throw SvixException.invalid("payload", "field required");
        }
        return ApiJson.write(payload.tree());
    }

    private static Duration retention(Body body) {
        Integer hours = body.numberOrNull("payloadRetentionHours");
        if (hours != null) {
            return Duration.ofHours(hours);
        }
        Integer days = body.numberOrNull("payloadRetentionPeriod");
        return days == null ? NewMessage.LONGEST_RETENTION : Duration.ofDays(days);
    }

    private JsonNode ofEndpoint(Call call) {
        Function<Attempt, ObjectNode> shape = attempt(call);
        Function<Message, ObjectNode> message = message(call);
        boolean withMessage = call.isTrue("with_msg");
        return Shapes.page(attempts.ofEndpoint(call.app(), call.endpoint(), call.attempts(), call.page()), attempt -> {
            ObjectNode json = shape.apply(attempt);
            if (withMessage) {
                json.set("msg", message.apply(messages.get(call.app(), attempt.messageId())));
            }
            return json;
        });
    }
}
