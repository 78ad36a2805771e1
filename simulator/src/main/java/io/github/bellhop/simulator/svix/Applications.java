package io.github.bellhop.simulator.svix;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The applications, found by id or uid. Safe for concurrent use. */
public final class Applications {
    private final SvixState state;
    private final Courier courier;

    Applications(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
    }

    /**
     * Creates an application.
     *
     * @throws SvixException if a value is invalid (422) or the uid is taken (409)
     */
    public Application create(Application.Settings settings) {
        synchronized (state) {
            check(settings, null);
            Instant now = state.now();
            Application made = new Application(state.ids.next("app"), settings, now, now);
            state.applications.put(made.id(), new StoredApplication(made));
            return made;
        }
    }

    /**
     * Returns an application.
     *
     * @throws SvixException if it does not exist (404)
     */
    public Application get(String id) {
        return state.locked(() -> state.application(id).info);
    }

    /** Whether an application with this id or uid exists. */
    public boolean exists(String id) {
        return state.locked(() -> state.find(id).isPresent());
    }

    /** A page of the applications, oldest first by default. */
    public Page<Application> list(PageQuery query) {
        return list(query, Set.of());
    }

    /** A page of the applications except the excluded ones, oldest first by default. */
    public Page<Application> list(PageQuery query, Set<Exclusion> exclusions) {
        return state.locked(() -> Page.of(
                        state.applications,
                        query,
                        PageQuery.Order.ASCENDING,
                        application -> exclusions.stream().noneMatch(exclusion -> exclusion.covers(application)))
                .map(application -> application.info));
    }

    /**
     * Replaces all settings of an application.
     *
     * @throws SvixException if it does not exist (404), a value is invalid (422) or the uid is taken (409)
     */
    public Application replace(String id, Application.Settings settings) {
        synchronized (state) {
            StoredApplication application = state.application(id);
            check(settings, application);
            application.info = application.info.changed(settings, state.now());
            return application.info;
        }
    }

    /**
     * Deletes an application and everything in it; pending messages are not sent.
     *
     * @throws SvixException if it does not exist (404)
     */
    public void delete(String id) {
        synchronized (state) {
            StoredApplication application = state.application(id);
            for (StoredEndpoint endpoint : application.endpoints.values()) {
                endpoint.deleted = true;
                courier.stop(endpoint);
            }
            state.forgetAll(application);
            state.applications.remove(application.info.id());
        }
    }

    private void check(Application.Settings settings, @Nullable StoredApplication self) {
        Rules.name(settings.name());
        Rules.common(settings.uid(), "app_", settings.throttleRate(), settings.metadata());
        if (settings.uid() != null
                && state.find(settings.uid()).filter(other -> other != self).isPresent()) {
            throw SvixException.conflict("An application with that id or uid already exists");
        }
    }
}
