package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
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

    void addTo(Routes<Call> paths) {
        paths.on("POST", ENDPOINT + "/send-example", this::sendExample)
                .on("POST", ENDPOINT + "/recover", call -> {
                    Body body = call.body();
                    return begun(
                            replays.recover(call.app(), call.endpoint(), body.time("since"), body.timeOrNull("until")));
                })
                .on("POST", ENDPOINT + "/replay-missing", call -> {
                    Body body = call.body();
                    return begun(replays.replayMissing(
                            call.app(), call.endpoint(), body.time("since"), body.timeOrNull("until")));
                })
                .on("POST", ENDPOINT + "/bulk-replay", this::bulkReplay)
                .gone(
                        "POST",
                        ENDPOINT + "/cancel-msgs",
                        call -> replays.cancel(
                                call.app(), call.endpoint(), call.body().time("createdBefore")))
                .on("POST", "/app/{app}/msg/{msg}/endpoint/{endpoint}/resend", call -> {
                    service.attempts().resend(call.app(), call.message(), call.endpoint());
                    // Clients read the answer as JSON, so that it must not be empty.
                    return ApiResponse.of(202, ApiJson.object());
                })
                .get("/background-task/{task}", call -> Shapes.task(replays.task(call.variable("task"))));
    }

    private ApiResponse sendExample(Call call) {
        String type = call.body().text("eventType");
        return ApiResponse.of(
                202, Shapes.message(service.messages().sendExample(call.app(), call.endpoint(), type), true));
    }

    private ApiResponse bulkReplay(Call call) {
        Body body = call.body();
        Filter filter = new Filter(
                null,
                null,
                body.textOrNull("channel"),
                body.textOrNull("tag"),
                body.texts("eventTypes"),
                Call.status("status", body.numberOrNull("status")),
                body.numberOrNull("statusCodeClass"),
                null);
        return begun(
                replays.bulkReplay(call.app(), call.endpoint(), body.time("since"), body.timeOrNull("until"), filter));
    }

    /** Svix tells at first that it runs, however short it is. */
    private static ApiResponse begun(Replays.Task task) {
        ObjectNode json = Shapes.task(task);
        json.remove("data");
        return ApiResponse.of(202, json.put("status", "running"));
    }
}
