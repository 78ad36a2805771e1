package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkError;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.http.ApiRequest;
import java.util.List;

/**
 * Determines which version of the API a request uses, from a header or a query parameter. Clerk does not document the
 * default version; the simulator uses the newest one.
 */
final class ApiVersions {
    static final String WITH_ROLES = "2024-10-01";
    static final String WITH_BILLING = "2025-11-10";
    static final String WITH_METADATA_APART = "2026-05-12";

    private static final List<String> KNOWN_VERSIONS =
            List.of("2021-02-05", WITH_ROLES, "2025-04-10", WITH_BILLING, WITH_METADATA_APART);
    private static final String HEADER = "Clerk-API-Version";
    private static final String PARAMETER = "__clerk_api_version";

    private ApiVersions() {}

    /**
     * Returns the version of a request.
     *
     * @throws ClerkRefusedException if the version does not exist, or if the header and the parameter are both given
     */
    static String of(ApiRequest request) {
        String header = request.header(HEADER);
        String parameter = request.query(PARAMETER);
        if (header != null && parameter != null) {
            throw invalid("Give the API version either in " + HEADER + " or in " + PARAMETER + ", not in both.");
        }
        String version = header != null ? header : parameter;
        if (version != null && !KNOWN_VERSIONS.contains(version)) {
            throw invalid("Unknown API version. The known versions are " + String.join(", ", KNOWN_VERSIONS) + ".");
        }
        return version == null ? WITH_METADATA_APART : version;
    }

    private static ClerkRefusedException invalid(String message) {
        return ClerkError.API_VERSION.because(message);
    }

    /** Whether a request uses this version or a later one. */
    static boolean isSince(ApiRequest request, String version) {
        return of(request).compareTo(version) >= 0;
    }
}
