package io.github.bellhop.simulator.testing;

import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.testing.Specification.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

/** Determines which operations of a specification the simulator offers, by calling each of them. */
public final class Offered {
    private Offered() {}

    /** The operations that an API does not answer with 501. */
    public static Predicate<Operation> by(Api api, String key) {
        return operation -> {
            String path = operation.path().replaceFirst("^/api/v1(?=/)", "");
            ApiRequest request = new ApiRequest(
                    operation.method(),
                    Arrays.asList(path.substring(1).split("/", -1)),
                    Map.of(),
                    Map.of("authorization", "Bearer " + key, "clerk-api-version", "2025-11-10"),
                    new byte[0]);
            return api.handle(request).status() != 501;
        };
    }
}
