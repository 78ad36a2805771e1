package io.github.bellhop.simulator.svix;

import java.net.URI;
import java.util.List;

/** Kinds of applications that a list can exclude. */
public enum Exclusion {
    /** Applications without an endpoint. */
    NO_ENDPOINTS("exclude_apps_with_no_endpoints"),
    /** Applications with at least one endpoint, all of which are disabled. */
    DISABLED_ENDPOINTS("exclude_apps_with_disabled_endpoints"),
    /** Applications with at least one endpoint, all of which are at Svix Play. */
    SVIX_PLAY_ENDPOINTS("exclude_apps_with_svix_play_endpoints");

    private static final String SVIX_PLAY = "play.svix.com";

    private final String wireName;

    Exclusion(String wireName) {
        this.wireName = wireName;
    }

    /** The name of this exclusion in Svix's API. */
    public String wireName() {
        return wireName;
    }

    boolean covers(StoredApplication application) {
        List<EndpointSettings> endpoints = application.endpoints.values().stream()
                .map(endpoint -> endpoint.info.settings())
                .toList();
        return switch (this) {
            case NO_ENDPOINTS -> endpoints.isEmpty();
            case DISABLED_ENDPOINTS ->
                !endpoints.isEmpty() && endpoints.stream().allMatch(EndpointSettings::disabled);
            case SVIX_PLAY_ENDPOINTS ->
                !endpoints.isEmpty() && endpoints.stream().allMatch(Exclusion::isAtSvixPlay);
        };
    }

    private static boolean isAtSvixPlay(EndpointSettings endpoint) {
        String host = URI.create(endpoint.url()).getHost();
        return host.equals(SVIX_PLAY) || host.endsWith("." + SVIX_PLAY);
    }
}
