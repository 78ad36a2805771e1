package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.Attempt;
import io.github.bellhop.simulator.svix.Attempts;
import io.github.bellhop.simulator.svix.Messages;
import io.github.bellhop.simulator.svix.SvixService;
import tools.jackson.databind.node.ObjectNode;

/** Attempts by endpoint and by message, and how it stands between messages and endpoints. */
final class AttemptRoutes {
    private static final String ONE = "/app/{app}/msg/{msg}/attempt/{attempt}";

    private final Attempts attempts;
    private final Messages messages;

    AttemptRoutes(SvixService service) {
        this.attempts = service.attempts();
        this.messages = service.messages();
    }

    void addTo(Routes routes) {
        routes.on("GET", "/app/{app}/attempt/endpoint/{endpoint}", this::ofEndpoint)
                .on("GET", "/app/{app}/attempt/msg/{msg}", this::ofMessage)
                .on("GET", "/app/{app}/endpoint/{endpoint}/msg", this::messagesOf)
                .on("GET", "/app/{app}/msg/{msg}/endpoint", this::endpointsOf)
                .on("GET", ONE, this::get)
                .on("DELETE", ONE + "/content", this::deleteContent);
    }

    private ApiResponse ofEndpoint(ApiRequest request) {
        boolean withContent = withContent(request);
        boolean withMessage = Queries.ifTrue(request, "with_msg");
        String app = request.variable("app");
        return Shapes.page(
                attempts.ofEndpoint(app, request.variable("endpoint"), Queries.filter(request), Queries.page(request)),
                attempt -> withMessage ? withMessage(app, attempt, withContent) : Shapes.attempt(attempt, withContent));
    }

    private ObjectNode withMessage(String app, Attempt attempt, boolean withContent) {
        ObjectNode json = Shapes.attempt(attempt, withContent);
        json.set("msg", Shapes.message(messages.get(app, attempt.messageId()), withContent));
        return json;
    }

    private ApiResponse ofMessage(ApiRequest request) {
        boolean withContent = withContent(request);
        return Shapes.page(
                attempts.ofMessage(
                        request.variable("app"),
                        request.variable("msg"),
                        Queries.filter(request),
                        Queries.page(request)),
                attempt -> Shapes.attempt(attempt, withContent));
    }

    private ApiResponse messagesOf(ApiRequest request) {
        boolean withContent = withContent(request);
        return Shapes.page(
                attempts.messagesOf(
                        request.variable("app"),
                        request.variable("endpoint"),
                        Queries.filter(request),
                        Queries.page(request)),
                delivery -> Shapes.delivery(delivery, message -> Shapes.message(message, withContent)));
    }

    private ApiResponse endpointsOf(ApiRequest request) {
        return Shapes.page(
                attempts.endpointsOf(request.variable("app"), request.variable("msg"), Queries.page(request)),
                delivery -> Shapes.delivery(delivery, Shapes::endpoint));
    }

    private ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(Shapes.attempt(
                attempts.get(request.variable("app"), request.variable("msg"), request.variable("attempt")), true));
    }

    private ApiResponse deleteContent(ApiRequest request) {
        attempts.deleteContent(request.variable("app"), request.variable("msg"), request.variable("attempt"));
        return ApiResponse.noContent();
    }

    private static boolean withContent(ApiRequest request) {
        return Queries.unlessFalse(request, "with_content");
    }
}
