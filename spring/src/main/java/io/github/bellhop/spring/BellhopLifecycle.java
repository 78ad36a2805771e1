package io.github.bellhop.spring;

import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.RunGate;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.store.StoreException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts the engine before the web server accepts requests, and stops it after the web server's last request. If the
 * database is unreachable, waits for it; until then, deliveries are answered with 503.
 *
 * <p>A paused app calls no handlers until it is started again, but still stores and mirrors deliveries. Spring 7 pauses
 * test contexts that are not under test.
 */
final class BellhopLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
    private static final Logger log = LoggerFactory.getLogger(BellhopLifecycle.class);

    private final SyncEngine engine;
    private final SchemaMode schema;
    private final RunGate gate;
    private final List<StartCheck> checks;
    private final ApplicationContext context;
    private volatile boolean running;
    private volatile boolean started;
    private volatile boolean closing;

    BellhopLifecycle(
            SyncEngine engine, SchemaMode schema, RunGate gate, List<StartCheck> checks, ApplicationContext context) {
        this.engine = engine;
        this.schema = schema;
        this.gate = gate;
        this.checks = checks;
        this.context = context;
    }

    @Override
    public void start() {
        if (!started) {
            check();
            startEngine();
            started = true;
        }
        gate.open();
        running = true;
    }

    private void check() {
        for (StartCheck check : checks) {
            String warning = check.check();
            if (warning != null) {
                log.warn(warning);
            }
        }
    }

    private void startEngine() {
        try {
            engine.start(schema);
        } catch (StoreException unreachable) {
            log.warn("Waiting for the database: {}", unreachable.getMessage());
            engine.startWhenReachable(schema, failed -> log.error("Bellhop cannot start", failed));
        }
    }

    /** Spring publishes this event before it stops the app's beans. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closing |= event.getApplicationContext() == context;
    }

    @Override
    public void stop() {
        running = false;
        if (closing) {
            engine.close();
        } else {
            gate.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before Boot's web server, whose phase is the default phase minus 2048, and stops after it. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
