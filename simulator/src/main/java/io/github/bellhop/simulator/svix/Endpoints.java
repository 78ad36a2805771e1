package io.github.bellhop.simulator.svix;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of the applications; both are found by their ids or uids. Safe for concurrent use. */
public final class Endpoints {
    /** For how long an old secret signs beside the new one unless told otherwise. */
    public static final Duration USUAL_GRACE = Duration.ofDays(1);

    private static final Duration LONGEST_GRACE = Duration.ofDays(7);

    private final SvixState state;
    private final Courier courier;

    Endpoints(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
    }

    /** Makes one with a new secret. As {@link #create(String, EndpointSettings, String, Map)}. */
    public Endpoint create(String application, EndpointSettings settings) {
        return create(application, settings, null, Map.of());
    }

    /**
     * Makes one.
     *
     * @param secret  null for a new one
     * @param headers its own, sent with every message
     * @throws SvixException when there is no such application (404), a value cannot be used (422) or the uid is taken
     *     (409)
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
     * Finds one.
     *
     * @throws SvixException when there is none (404), as with all that follows
     */
    public Endpoint get(String application, String id) {
        return state.locked(() -> find(application, id).info);
    }

    /** Whether the application has one of this id or uid. */
    public boolean exists(String application, String id) {
        return state.locked(() -> state.application(application).find(id).isPresent());
    }

    /** A page of them, the newest first unless told otherwise. */
    public Page<Endpoint> list(String application, PageQuery query) {
        return state.locked(
                () -> Page.of(state.application(application).endpoints, query, PageQuery.Order.DESCENDING, any -> true)
                        .map(endpoint -> endpoint.info));
    }

    /**
     * Gives one other settings, all of them. What waits for one that is switched off is not sent.
     *
     * @throws SvixException also when a value cannot be used (422) or the uid is taken (409)
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

    /** Deletes one; what waits for it is not sent. */
    public void delete(String application, String id) {
        synchronized (state) {
            StoredEndpoint endpoint = find(application, id);
            endpoint.deleted = true;
            courier.stop(endpoint);
            state.application(application).endpoints.remove(endpoint.id());
        }
    }

    /** The current secret, such as {@code whsec_...}; of a key pair the public key. */
    public String secret(String application, String id) {
        return state.locked(() -> find(application, id).secrets.shown());
    }

    /**
     * Gives one a new secret. The old one signs beside it for a while.
     *
     * @param secret null for one that is made
     * @param grace  up to seven days
     * @throws SvixException also when a value cannot be used (422) or ten old secrets still sign (400)
     */
    public void rotateSecret(String application, String id, @Nullable String secret, Duration grace) {
        synchronized (state) {
            StoredEndpoint endpoint = find(application, id);
            if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
                throw SvixException.invalid(
                        "gracePeriodSeconds", "must be from 0 to " + LONGEST_GRACE.toSeconds() + " seconds");
            }
            String next = EndpointSecrets.givenOrNew("key", secret, state.settings.random());
            endpoint.secrets.rotate(next, grace, state.now());
        }
    }

    /** The headers of its own. */
    public Map<String, String> headers(String application, String id) {
        return state.locked(() -> find(application, id).headers);
    }

    /**
     * Gives one other headers, all of them.
     *
     * @throws SvixException also when a name is Svix's own or a value cannot be sent (422)
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
