package io.github.bellhop.simulator.svix;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of the applications. Both are found by id or uid. Safe for concurrent use. */
public final class Endpoints {
    /** How long an old secret remains valid by default after a rotation. */
    public static final Duration USUAL_GRACE = Duration.ofDays(1);

    private static final Duration MAX_GRACE = Duration.ofDays(7);

    private final SvixState state;
    private final Courier courier;

    Endpoints(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
    }

    /**
     * Creates an endpoint with a new secret and no headers. See {@link #create(String, EndpointSettings, String, Map)}.
     */
    public Endpoint create(String application, EndpointSettings settings) {
        return create(application, settings, null, Map.of());
    }

    /**
     * Creates an endpoint.
     *
     * @param secret  the signing secret; null to generate one
     * @param headers extra headers, sent with every message
     * @throws SvixException if the application does not exist (404), a value is invalid (422) or the uid is taken (409)
     */
    public Endpoint create(
            String application, EndpointSettings settings, @Nullable String secret, Map<String, String> headers) {
        synchronized (state) {
            StoredApplication owner = state.application(application);
            check(settings, owner, null);
            Rules.headers(headers);
            Instant now = state.now();
            String key = EndpointSecrets.givenOrNew("secret", secret, state.settings.random());
            Endpoint made = new Endpoint(state.ids.next("ep"), settings, now, now);
            owner.endpoints.put(made.id(), new StoredEndpoint(made, key, headers));
            return made;
        }
    }

    /**
     * Returns an endpoint.
     *
     * @throws SvixException if it does not exist (404); the other methods do the same for unknown ids
     */
    public Endpoint get(String application, String id) {
        return state.locked(() -> find(application, id).info);
    }

    /** Whether the application has an endpoint with this id or uid. */
    public boolean exists(String application, String id) {
        return state.locked(() -> state.application(application).find(id).isPresent());
    }

    /** A page of the endpoints, newest first by default. */
    public Page<Endpoint> list(String application, PageQuery query) {
        return state.locked(
                () -> Page.of(state.application(application).endpoints, query, PageQuery.Order.DESCENDING, any -> true)
                        .map(endpoint -> endpoint.info));
    }

    /**
     * Replaces all settings of an endpoint. If the new settings disable it, its pending messages are not sent.
     *
     * @throws SvixException also if a value is invalid (422) or the uid is taken (409)
     */
    public Endpoint replace(String application, String id, EndpointSettings settings) {
        synchronized (state) {
            StoredEndpoint endpoint = find(application, id);
            check(settings, state.application(application), endpoint);
            if (endpoint.info.settings().disabled() && !settings.disabled()) {
                endpoint.health.succeeded();
            }
            endpoint.info = endpoint.info.changed(settings, state.now());
            if (settings.disabled()) {
                courier.stop(endpoint);
            }
            return endpoint.info;
        }
    }

    /** Deletes an endpoint; its pending messages are not sent. */
    public void delete(String application, String id) {
        synchronized (state) {
            StoredEndpoint endpoint = find(application, id);
            endpoint.deleted = true;
            courier.stop(endpoint);
            state.application(application).endpoints.remove(endpoint.id());
        }
    }

    /** The current secret, such as {@code whsec_...}, or the public key of a key pair. */
    public String secret(String application, String id) {
        return state.locked(() -> find(application, id).secrets.shown());
    }

    /**
     * Replaces the secret. During the grace period, messages are also signed with the old secret.
     *
     * @param secret the new secret; null to generate one
     * @param grace  the grace period, up to seven days
     * @throws SvixException also if a value is invalid (422) or ten old secrets are still active (400)
     */
    public void rotateSecret(String application, String id, @Nullable String secret, Duration grace) {
        synchronized (state) {
            StoredEndpoint endpoint = find(application, id);
            if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
                throw SvixException.invalid(
                        "gracePeriodSeconds", "must be between 0 and " + MAX_GRACE.toSeconds() + " seconds");
            }
            String next = EndpointSecrets.givenOrNew("key", secret, state.settings.random());
            endpoint.secrets.rotate(next, grace, state.now());
        }
    }

    /** The endpoint's extra headers. */
    public Map<String, String> headers(String application, String id) {
        return state.locked(() -> find(application, id).headers);
    }

    /**
     * Replaces all extra headers of an endpoint.
     *
     * @throws SvixException also if a name is invalid or reserved, or a value is invalid (422)
     */
    public void headers(String application, String id, Map<String, String> headers) {
        synchronized (state) {
            StoredEndpoint endpoint = find(application, id);
            Rules.headers(headers);
            endpoint.headers = Map.copyOf(headers);
        }
    }

    private StoredEndpoint find(String application, String id) {
        return state.application(application).endpoint(id);
    }

    private void check(EndpointSettings settings, StoredApplication owner, @Nullable StoredEndpoint self) {
        Rules.url(settings.url());
        Rules.common(settings.uid(), "ep_", settings.throttleRate(), settings.metadata());
        Rules.eventTypes(settings.eventTypes(), state.eventTypes.keySet());
        Rules.channels(settings.channels(), 1);
        if (settings.uid() != null
                && owner.find(settings.uid()).filter(other -> other != self).isPresent()) {
            throw SvixException.conflict("An endpoint with that id or uid already exists");
        }
    }
}
