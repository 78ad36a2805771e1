package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.http.ApiRequest;
import java.util.List;

/**
 * Which version of the API a request wants: by a header or by a query parameter, not by both. Which one a request gets
 * that wants none is not documented; here it is the newest.
 */
final class ApiVersions {
    static final String WITH_ROLES = "2024-10-01";
    static final String WITH_BILLING = "2025-11-10";
    static final String WITH_METADATA_APART = "2026-05-12";

    private static final List<String> KNOWN =
            List.of("2021-02-05", WITH_ROLES, "2025-04-10", WITH_BILLING, WITH_METADATA_APART);
    private static final String HEADER = "Clerk-API-Version";
    private static final String PARAMETER = "__clerk_api_version";

    private ApiVersions() {}

    /**
     * The version that a request wants.
     *
     * @throws ClerkRefusedException when there is no such version, or it is named in two ways
     */
    static String of(ApiRequest request) {
        String header = request.header(HEADER);
        String parameter = request.query(PARAMETER);
        if (header != null && parameter != null) {
            throw invalid("The API version is given by " + HEADER + " or by " + PARAMETER + ", not by both.");
        }
        String version = header != null ? header : parameter;
        if (version != null && !KNOWN.contains(version)) {
            throw invalid("There is no such API version; there are " + String.join(", ", KNOWN) + ".");
        }
        return version == null ? WITH_METADATA_APART : version;
    }

    private static ClerkRefusedException invalid(String message) {
        return ClerkRefusedException.of(400, "api_version_invalid", "invalid API version", message);
    }

    /** Whether a request wants a version or a later one. */
    static boolean isSince(ApiRequest request, String version) {
        return of(request).compareTo(version) >= 0;
    }
}
