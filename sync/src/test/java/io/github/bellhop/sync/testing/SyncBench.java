package io.github.bellhop.sync.testing;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.erase.Eraser;
import io.github.bellhop.sync.handle.HandlerWorker;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.retention.Retention;
import io.github.bellhop.sync.retry.Replay;
import io.github.bellhop.sync.retry.Worker;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.write.BatchWriter;
import io.github.bellhop.sync.write.Cascades;
import io.github.bellhop.sync.write.Lanes;
import io.github.bellhop.sync.write.MirrorWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The components of the engine with a fresh database and a manual clock, without threads. */
public final class SyncBench implements AutoCloseable {
    public final ManualClock clock = new ManualClock();
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final Worker worker;
    public final Replay replay;
    public final HandlerWorker handlerWorker;
    public final Faults faults;
    public final Retention retention;
    public final Eraser eraser;
    public final Cascades cascades;
    private final OpenDatabase open;
    private final Database database;
    private final BatchWriter writer;
    private int messages;

    public SyncBench(TestDatabase kind) {
        this(kind, settings -> settings);
    }

    public SyncBench(TestDatabase kind, UnaryOperator<SyncSettings> change) {
        this(kind.open(), change, Handlers.none());
    }

    public SyncBench(TestDatabase kind, Handlers handlers) {
        this(kind.open(), settings -> settings, handlers);
    }

    public SyncBench(OpenDatabase open, UnaryOperator<SyncSettings> change, Handlers handlers) {
        this.open = open;
        faults = Faults.around(open.pool());
        database = Database.of(faults.dataSource(), open.database().dialect());
        SyncSettings settings = change.apply(SyncSettings.builder().clock(clock).build());
        SyncMetrics metrics = new SyncMetrics(registry);
        Lanes lanes = new Lanes(database().dialect(), handlers::wanting);
        MirrorWriter mirror = new MirrorWriter(database(), settings, lanes);
        writer = new BatchWriter(database(), mirror, settings, metrics, () -> {}, () -> {});
        worker = new Worker(database(), mirror, settings, metrics, new Random(1));
        replay = new Replay(database(), clock, lanes);
        handlerWorker = new HandlerWorker(database(), handlers, lanes, clock, metrics);
        eraser = new Eraser(database(), clock);
        cascades = new Cascades(database());
        retention = new Retention(database(), settings.retention(), eraser, clock, metrics);
    }

    public Database database() {
        return database;
    }

    /** Writes a message as a batch of one and returns its id. */
    public String receive(byte[] payload) {
        String id = "msg_%06d".formatted(++messages);
        receive(id, payload);
        return id;
    }

    public Receipt receive(String id, byte[] payload) {
        return receiveBatch(List.of(message(id, payload))).get(0);
    }

    public List<Receipt> receiveBatch(List<IncomingMessage> batch) {
        return writer.write(batch);
    }

    public IncomingMessage message(String id, byte[] payload) {
        return new IncomingMessage(id, EnvelopeReader.read(payload), clock.instant(), payload);
    }

    public String stateOf(String messageId) {
        return (String) Rows.one(database(), "select state from bellhop_inbox where message_id = ?", messageId)
                .get("state");
    }

    /** Runs handlers until no run is due. Returns the number of runs. */
    public int runHandlers() {
        int runs = 0;
        while (handlerWorker.runOnce()) {
            runs++;
        }
        return runs;
    }

    @Override
    public void close() {
        handlerWorker.close();
        open.close();
    }
}
