package io.github.bellhop.spring;

import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the engine before the web server takes requests, and stops it after the web server took its last. A database
 * that cannot be reached yet is waited for; until then deliveries are answered 503.
 */
final class BellhopLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BellhopLifecycle.class);

    private final SyncEngine engine;
    private final SchemaMode schema;
    private volatile boolean running;
    private volatile boolean stopped;

    BellhopLifecycle(SyncEngine engine, SchemaMode schema) {
        this.engine = engine;
        this.schema = schema;
    }

    @Override
    public void start() {
        if (stopped) {
            log.warn("Bellhop was stopped and does not start a second time: deliveries are answered 503");
            return;
        }
        try {
            engine.start(schema);
        } catch (StoreException unreachable) {
            log.warn("Waiting for the database: {}", unreachable.getMessage());
            engine.startWhenReachable(schema, failed -> log.error("Bellhop does not start", failed));
        }
        running = true;
    }

    @Override
    public void stop() {
        stopped = true;
        running = false;
        engine.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ahead of Boot's web server, which starts at the default phase less 2048 and stops by then. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }

    /** Spring 7 pauses contexts between the classes of a test; the engine goes on. */
    @SuppressWarnings("MissingOverride")
    public boolean isPauseable() {
        return false;
    }
}
