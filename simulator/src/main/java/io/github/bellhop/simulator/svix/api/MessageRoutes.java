package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.ApplicationSettings;
import io.github.bellhop.simulator.svix.Messages;
import io.github.bellhop.simulator.svix.NewMessage;
import io.github.bellhop.simulator.svix.SvixException;
import io.github.bellhop.simulator.svix.SvixService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code /app/{app}/msg}. */
final class MessageRoutes {
    private final SvixService service;
    private final Messages messages;

    MessageRoutes(SvixService service) {
        this.service = service;
        this.messages = service.messages();
    }

    void addTo(Routes routes) {
        routes.on("GET", "/app/{app}/msg", this::list)
                .on("POST", "/app/{app}/msg", this::create)
                .on("GET", "/app/{app}/msg/{msg}", this::get)
                .on("DELETE", "/app/{app}/msg/{msg}/content", this::deleteContent);
    }

    private ApiResponse list(ApiRequest request) {
        boolean withContent = withContent(request);
        return Shapes.page(
                messages.list(request.variable("app"), Queries.filter(request), Queries.page(request)),
                message -> Shapes.message(message, withContent));
    }

    private ApiResponse create(ApiRequest request) {
        Body body = Body.of(request);
        NewMessage message = message(body);
        makeApplication(request.variable("app"), body);
        return ApiResponse.of(
                202, Shapes.message(messages.create(request.variable("app"), message), withContent(request)));
    }

    private ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(
                Shapes.message(messages.get(request.variable("app"), request.variable("msg")), withContent(request)));
    }

    private ApiResponse deleteContent(ApiRequest request) {
        messages.deleteContent(request.variable("app"), request.variable("msg"));
        return ApiResponse.noContent();
    }

    /** A message may bring the application with it that it needs. */
    private void makeApplication(String id, Body body) {
        Body application = body.objectOrNull("application");
        if (application != null && !service.applications().exists(id)) {
            ApplicationSettings settings = ApplicationRoutes.settings(application);
            service.applications().create(settings.uid() == null ? settings.uid(id) : settings);
        }
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

    /** Some clients give the payload only here, as a text that is sent as it is. */
    private static String payload(Body body) {
        Body payload = body.objectOrNull("payload");
        Body parameters = body.objectOrNull("transformationsParams");
        String raw = parameters == null ? null : parameters.textOrNull("rawPayload");
        if (raw != null) {
            return raw;
        }
        if (payload == null) {
            throw SvixException.invalid("payload", "field required");
        }
        return new String(ApiJson.write(payload.tree()), StandardCharsets.UTF_8);
    }

    private static Duration retention(Body body) {
        Integer hours = body.numberOrNull("payloadRetentionHours");
        if (hours != null) {
            return Duration.ofHours(hours);
        }
        Integer days = body.numberOrNull("payloadRetentionPeriod");
        return days == null ? NewMessage.LONGEST_RETENTION : Duration.ofDays(days);
    }

    private static boolean withContent(ApiRequest request) {
        return Queries.unlessFalse(request, "with_content");
    }
}
