package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiResponse;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/** Refusals in Clerk's shape, each with a number by which it can be found again. */
final class Errors {
    private final AtomicLong number = new AtomicLong();

    ApiResponse of(ClerkRefusedException refused) {
        ObjectNode body = ApiJson.object();
        ObjectNode error = body.putArray("errors")
                .addObject()
                .put("message", refused.shortMessage())
                .put("long_message", refused.getMessage())
                .put("code", refused.clerkCode());
        if (refused.parameter() != null) {
            error.putObject("meta").put("param_name", refused.parameter());
        }
        body.put("clerk_trace_id", "%032x".formatted(number.incrementAndGet()));
        return ApiResponse.of(refused.status(), body);
    }
}
