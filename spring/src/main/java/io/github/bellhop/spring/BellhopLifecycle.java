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
 * Starts the engine before the web server takes requests, and stops it after the web server took its last. A database
 * that cannot be reached yet is waited for; until then deliveries are answered 503.
 *
 * <p>An app that is only paused, as Spring 7 does with the contexts of tests that are not under test, calls no handlers
 * until it is started again; deliveries are still kept and mirrored.
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
            engine.startWhenReachable(schema, failed -> log.error("Bellhop does not start", failed));
        }
    }

    /** Spring says that it closes the app before it stops its parts. */
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

    /** Ahead of Boot's web server, which starts at the default phase less 2048 and stops by then. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
