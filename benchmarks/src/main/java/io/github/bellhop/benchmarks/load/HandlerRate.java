package io.github.bellhop.benchmarks.load;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.EventHandler;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares handlers that insert one row with {@code pgbench}, which executes the same statements on the same server.
 * The two take turns.
 */
final class HandlerRate {
    private static final int THREADS = 4;

    /** The number of lanes of the same handler that wait for their next attempt. */
    private static final int HELD_LANES = 10_000;

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    /** The statements of a handler's run, in order. */
    private static final String SCRIPT = """
            begin;
            select message_id, handler, entity_id, received_at, attempts, stale, replay, clear_payload \
            from bellhop_handler_runs where head and handler = 'insert' and next_attempt_at <= 3000000000000 \
            and next_attempt_at is not null order by next_attempt_at limit 1 for update skip locked
            \\gset
            select payload from bellhop_inbox where message_id = :message_id;
            savepoint before;
            insert into made (user_id) values (:entity_id);
            release savepoint before;
            select pg_advisory_xact_lock(7, abs(hashtext(:entity_id)) %% 16384);
            delete from bellhop_handler_runs where message_id = :message_id and handler = 'insert';
            update bellhop_handler_runs set head = true where handler = 'insert' and message_id = (\
            select message_id from bellhop_handler_runs where handler = 'insert' and entity_id = :entity_id \
            and died_at is null order by received_at, message_id limit 1) and not exists (\
            select 1 from bellhop_handler_runs where handler = 'insert' and entity_id = :entity_id and head);
            commit;
            """.replace("%%", "%");

    private final PostgresServer postgres;
    private final int runs;

    HandlerRate(PostgresServer postgres, int runs) {
        this.postgres = postgres;
        this.runs = runs / THREADS * THREADS;
    }

    /** Returns the result of the given number of turns; empty if {@code pgbench} is not installed. */
    Optional<String> measure(int turns, Path folder) throws Exception {
        Optional<Path> pgbench = pgbench();
        if (pgbench.isEmpty()) {
            return Optional.empty();
        }
        Path script = Files.writeString(folder.resolve("run.sql"), SCRIPT);
        List<double[]> rates = new ArrayList<>();
        for (int turn = 0; turn <= turns; turn++) {
            double own = ownRate(prepared("handlers_" + turn, 0));
            double peer = pgbenchRate(pgbench.get(), script, prepared("pgbench_" + turn, 0));
            double withHeldLanes = ownRate(prepared("held_" + turn, HELD_LANES));
            // The first turn is the warm-up.
            if (turn > 0) {
                rates.add(new double[] {own, peer, own / peer, withHeldLanes / own});
            }
        }
        double held = rates.stream().mapToDouble(rate -> rate[3]).sorted().toArray()[rates.size() / 2];
        rates.sort((one, other) -> Double.compare(one[2], other[2]));
        double[] median = rates.get(rates.size() / 2);
        return Optional.of(String.format(
                Locale.ROOT,
                "One-insert handlers: %,.0f/s, pgbench with the same statements: %,.0f/s: %.0f %% (%.0f to %.0f %%)."
                        + " With %,d lanes on hold: %.0f %% of the rate without them.",
                median[0],
                median[1],
                100 * median[2],
                100 * rates.get(0)[2],
                100 * rates.get(rates.size() - 1)[2],
                HELD_LANES,
                100 * held));
    }

    private static Optional<Path> pgbench() throws IOException {
        Path installed = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.map(version -> version.resolve("bin").resolve("pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** Creates a database in which every message has a due run. */
    private String prepared(String name, int held) throws SQLException {
        String url = postgres.database(name);
        try (OpenDatabase open = Databases.open(new DatabaseSettings(url, "postgres", "postgres"))) {
            Schema.migrate(open.database());
        }
        byte[] payload = Fixtures.of(InstantSource.system(), new Random(1))
                .event("user.created")
                .payload();
        PostgresServer.execute(url, "create table made (user_id text not null)");
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres")) {
            fill(connection, payload);
        }
        PostgresServer.execute(url, """
                insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, next_attempt_at,
                    attempts, reason, stale, stale_too, replay, clear_payload)
                select 'held_' || n, 'insert', 'held_' || n, n, true, 4000000000000 + n, 3, 'failed', false, false,
                    false, false
                from generate_series(1, %d) as n""".formatted(held));
        PostgresServer.execute(url, "vacuum analyze");
        postgres.checkpoint();
        return url;
    }

    private void fill(Connection connection, byte[] payload) throws SQLException {
        try (PreparedStatement inbox = connection.prepareStatement("""
                        insert into bellhop_inbox (message_id, type, entity_id, instance_id, occurred_at, received_at,
                            state, attempts, payload)
                        select 'msg_' || n, 'user.created', 'user_' || n, 'ins_1', ?, ?, 'mirrored', 0, ?
                        from generate_series(1, ?) as n""");
                PreparedStatement handlers = connection.prepareStatement("""
                        insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head,
                            next_attempt_at, attempts, stale, stale_too, replay, clear_payload)
                        select 'msg_' || n, 'insert', 'user_' || n, ?, true, n, 0, false, false, false, false
                        from generate_series(1, ?) as n""")) {
            // Use the current time, because the engine would delete old messages.
            long now = InstantSource.system().millis();
            inbox.setLong(1, now);
            inbox.setLong(2, now);
            inbox.setBytes(3, payload);
            inbox.setInt(4, runs);
            inbox.executeUpdate();
            handlers.setLong(1, now);
            handlers.setInt(2, runs);
            handlers.executeUpdate();
        }
    }

    private double ownRate(String url) throws SQLException {
        EventHandler<UserEvent.Created> insert = (created, run) -> {
            try (PreparedStatement statement =
                    run.connection().prepareStatement("insert into made (user_id) values (?)")) {
                statement.setString(1, created.data().id());
                statement.executeUpdate();
            }
            return HandlerOutcome.done();
        };
        Handlers handlers =
                Handlers.builder().on(UserEvent.Created.class, "insert", insert).build();
        try (OpenDatabase open = Databases.open(new DatabaseSettings(url, "postgres", "postgres"));
                SyncEngine engine =
                        new SyncEngine(open.database(), SyncSettings.defaults(), handlers, new SimpleMeterRegistry())) {
            long begin = System.nanoTime();
            engine.start();
            while (count(url, "bellhop_handler_runs where reason is null") > 0) {
                LockSupport.parkNanos(20_000_000);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            requireMade(url);
            return runs / seconds;
        }
    }

    private double pgbenchRate(Path pgbench, Path script, String url) throws Exception {
        Matcher address = Pattern.compile("//([^:]+):(\\d+)/(\\w+)").matcher(url);
        if (!address.find()) {
            throw new IllegalStateException(url);
        }
        ProcessBuilder builder = new ProcessBuilder(
                pgbench.toString(),
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(THREADS),
                "-j",
                "2",
                "-t",
                Integer.toString(runs / THREADS),
                "-f",
                script.toString(),
                "-h",
                address.group(1),
                "-p",
                address.group(2),
                "-U",
                "postgres",
                address.group(3));
        builder.environment().put("PGPASSWORD", "postgres");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(output);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new IllegalStateException("pgbench failed: " + output);
        }
        requireMade(url);
        return Double.parseDouble(tps.group(1));
    }

    private void requireMade(String url) throws SQLException {
        if (count(url, "made") != runs) {
            throw new IllegalStateException(count(url, "made") + " rows instead of " + runs);
        }
    }

    private static long count(String url, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
