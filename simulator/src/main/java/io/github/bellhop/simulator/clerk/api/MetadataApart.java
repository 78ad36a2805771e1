package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.http.ApiRequest;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Since 2026-05-12 metadata has paths of its own, and cannot be changed together with the rest. */
final class MetadataApart {
    private static final List<String> KEYS = List.of("public_metadata", "private_metadata", "unsafe_metadata");

    private MetadataApart() {}

    /** The body of a change, in which no metadata may be. */
    static ObjectNode checked(ApiRequest request, ObjectNode body) {
        if (ApiVersions.isSince(request, ApiVersions.WITH_METADATA_APART)) {
            for (String key : KEYS) {
                if (body.has(key)) {
                    throw ClerkRefusedException.unknown(key);
                }
            }
        }
        return body;
    }
}
