package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.Routes;
import io.github.bellhop.simulator.svix.AttemptStatus;
import io.github.bellhop.simulator.svix.Filter;
import io.github.bellhop.simulator.svix.Replays;
import io.github.bellhop.simulator.svix.SvixService;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes that resend or cancel messages of an endpoint, and {@code /background-task}. */
final class ReplayRoutes {
    private static final String ENDPOINT = "/app/{app}/endpoint/{endpoint}";
    private static final Set<String> TASK_STATUSES = Set.of("running", "finished", "failed");
    private static final Set<String> TASKS = Set.of(
            "application.purge_content",
            "application.stats",
            "endpoint.bulk-replay",
            "endpoint.recover",
            "endpoint.replay",
            "event-type.aggregate",
            "message.broadcast",
            "sdk.generate");

    private final SvixService service;
    private final Replays replays;

    ReplayRoutes(SvixService service) {
        this.service = service;
        this.replays = service.replays();
    }

    void addTo(Routes<Call> paths) {
        paths.on("POST", ENDPOINT + "/send-example", 202, call -> {
                    String type = call.body().text("eventType");
                    return Shapes.message(service.messages().sendExample(call.app(), call.endpoint(), type), true);
                })
                .on("POST", ENDPOINT + "/recover", 202, call -> {
                    Body body = call.body();
                    return begun(
                            replays.recover(call.app(), call.endpoint(), body.time("since"), body.timeOrNull("until")));
                })
                .on("POST", ENDPOINT + "/replay-missing", 202, call -> {
                    Body body = call.body();
                    return begun(replays.replayMissing(
                            call.app(), call.endpoint(), body.time("since"), body.timeOrNull("until")));
                })
                .on("POST", ENDPOINT + "/bulk-replay", 202, call -> {
                    Body body = call.body();
                    Filter filter = filter(body);
                    return begun(replays.bulkReplay(
                            call.app(), call.endpoint(), body.time("since"), body.timeOrNull("until"), filter));
                })
                .gone(
                        "POST",
                        ENDPOINT + "/cancel-msgs",
                        call -> replays.cancel(
                                call.app(), call.endpoint(), call.body().time("createdBefore")))
                .on("POST", "/app/{app}/msg/{msg}/endpoint/{endpoint}/resend", 202, call -> {
                    service.attempts().resend(call.app(), call.message(), call.endpoint());
                    // Clients parse the answer as JSON, so it must not be empty.
                    return ApiJson.object();
                })
                .get(
                        "/background-task",
                        call -> Shapes.page(
                                replays.tasks(
                                        call.member("status", TASK_STATUSES), call.member("task", TASKS), call.page()),
                                Shapes::task))
                .get("/background-task/{task}", call -> Shapes.task(replays.task(call.variable("task"))));
    }

    private static Filter filter(Body body) {
        return new Filter(
                null,
                null,
                body.textOrNull("channel"),
                body.textOrNull("tag"),
                body.texts("eventTypes"),
                body.memberOrNull("status", AttemptStatus::of),
                body.memberOrNull("statusCodeClass", Filter::statusCodeClass),
                null);
    }

    /** Reports a new task as running, as Svix always does, however short the task is. */
    private static JsonNode begun(Replays.Task task) {
        ObjectNode json = Shapes.task(task);
        json.remove("data");
        return json.put("status", "running");
    }
}
