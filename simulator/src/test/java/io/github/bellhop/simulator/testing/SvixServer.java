package io.github.bellhop.simulator.testing;

import io.github.bellhop.simulator.http.ApiServer;
import io.github.bellhop.simulator.svix.SvixService;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.svix.api.SvixApi;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** A Svix service whose API listens on a port. */
public final class SvixServer implements AutoCloseable {
    private final SvixService service;
    private final ApiServer server;

    private SvixServer(SvixSettings settings) {
        service = new SvixService(settings);
        server = ApiServer.start(0, List.of(new SvixApi(service)));
    }

    /**
     * Starts a service that uses the system clock and delivers on its own. An hour of the retry schedule takes six
     * seconds.
     */
    public static SvixServer running() {
        SvixServer server = new SvixServer(
                SvixSettings.of(InstantSource.system(), new SecureRandom()).timeScale(600));
        server.service.start();
        return server;
    }

    /** Starts a service that uses the given settings and delivers only on request. */
    public static SvixServer standing(SvixSettings settings) {
        return new SvixServer(settings);
    }

    public SvixService service() {
        return service;
    }

    public String url() {
        return server.baseUri().toString();
    }

    @Override
    public void close() {
        server.close();
        service.close();
    }
}
