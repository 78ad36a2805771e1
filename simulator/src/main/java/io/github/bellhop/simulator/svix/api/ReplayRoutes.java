package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.BackgroundTask;
import io.github.bellhop.simulator.svix.Filter;
import io.github.bellhop.simulator.svix.Replays;
import io.github.bellhop.simulator.svix.SvixService;
import tools.jackson.databind.node.ObjectNode;

/** What sends again, or calls off, below an endpoint; and {@code /background-task}. */
final class ReplayRoutes {
    private static final String ENDPOINT = "/app/{app}/endpoint/{endpoint}";

    private final SvixService service;
    private final Replays replays;

    ReplayRoutes(SvixService service) {
        this.service = service;
        this.replays = service.replays();
    }

    void addTo(Routes routes) {
        routes.on("POST", ENDPOINT + "/send-example", this::sendExample)
                .on("POST", ENDPOINT + "/recover", this::recover)
                .on("POST", ENDPOINT + "/replay-missing", this::replayMissing)
                .on("POST", ENDPOINT + "/bulk-replay", this::bulkReplay)
                .on("POST", ENDPOINT + "/cancel-msgs", this::cancel)
                .on("POST", "/app/{app}/msg/{msg}/endpoint/{endpoint}/resend", this::resend)
                .on(
                        "GET",
                        "/background-task",
                        request -> Shapes.page(replays.tasks(Queries.page(request)), Shapes::task))
                .on(
                        "GET",
                        "/background-task/{task}",
                        request -> ApiResponse.ok(Shapes.task(replays.task(request.variable("task")))));
    }

    private ApiResponse sendExample(ApiRequest request) {
        String type = Body.of(request).text("eventType");
        return ApiResponse.of(
                202, Shapes.message(service.messages().sendExample(app(request), endpoint(request), type), true));
    }

    private ApiResponse recover(ApiRequest request) {
        Body body = Body.of(request);
        return begun(replays.recover(app(request), endpoint(request), body.time("since"), body.timeOrNull("until")));
    }

    private ApiResponse replayMissing(ApiRequest request) {
        Body body = Body.of(request);
        return begun(
                replays.replayMissing(app(request), endpoint(request), body.time("since"), body.timeOrNull("until")));
    }

    private ApiResponse bulkReplay(ApiRequest request) {
        Body body = Body.of(request);
        Filter filter = new Filter(
                null,
                null,
                body.textOrNull("channel"),
                body.textOrNull("tag"),
                body.texts("eventTypes"),
                Queries.status("status", body.numberOrNull("status")),
                body.numberOrNull("statusCodeClass"),
                null);
        return begun(replays.bulkReplay(
                app(request), endpoint(request), body.time("since"), body.timeOrNull("until"), filter));
    }

    private ApiResponse cancel(ApiRequest request) {
        replays.cancel(app(request), endpoint(request), Body.of(request).time("createdBefore"));
        return ApiResponse.noContent();
    }

    /** Clients read the answer as JSON, so that it must not be empty. */
    private ApiResponse resend(ApiRequest request) {
        service.attempts().resend(app(request), request.variable("msg"), endpoint(request));
        return ApiResponse.of(202, ApiJson.object());
    }

    /** Svix tells at first that it runs, however short it is. */
    private static ApiResponse begun(BackgroundTask task) {
        ObjectNode json = Shapes.task(task);
        json.remove("data");
        return ApiResponse.of(202, json.put("status", "running"));
    }

    private static String app(ApiRequest request) {
        return request.variable("app");
    }

    private static String endpoint(ApiRequest request) {
        return request.variable("endpoint");
    }
}
