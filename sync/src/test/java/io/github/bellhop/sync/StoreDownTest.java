package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SmallDisk;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.BatchWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A database that can be reached but not written to. */
@Isolated("Reads the log, to which other tests write.")
@SameOnEveryJdk
class StoreDownTest {
    private final Logger writer = (Logger) LoggerFactory.getLogger(BatchWriter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Object> kept = new ArrayList<>();
    private int number;

    @BeforeEach
    void listen() {
        log.start();
        writer.setLevel(Level.INFO);
        writer.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        writer.detachAppender(log);
        writer.setLevel(null);
    }

    private List<String> logged(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private Receipt deliver(SyncEngine engine) throws Exception {
        return deliver(engine, "");
    }

    private Receipt deliver(SyncEngine engine, String name) throws Exception {
        String id = "msg_" + ++number;
        byte[] payload = Json.of(
                "{'type':'user.created','data':{'id':'user_%d','first_name':'%s','updated_at':1}}", number, name);
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        engine.submit(new IncomingMessage(id, EnvelopeReader.read(payload), Instant.now(), payload), answer::complete);
        Receipt receipt = answer.get(20, TimeUnit.SECONDS);
        if (receipt == Receipt.KEPT) {
            kept.add(id);
        }
        return receipt;
    }

    private static String nameOf(DatabaseSettings settings) {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1);
    }

    private static Database admin(DatabaseSettings settings) {
        return Databases.unpooled(new DatabaseSettings(
                settings.url().replace("/" + nameOf(settings), "/postgres"), settings.user(), settings.password()));
    }

    private static void executeAlone(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes new sessions read-only, as after a failover or when a hosting service's disk is nearly full. */
    private static void setReadOnly(Database admin, String name, boolean readOnly) {
        Rows.execute(
                admin, "alter database " + name + " set default_transaction_read_only = " + (readOnly ? "on" : "off"));
        Rows.query(
                admin,
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ? and pid <> pg_backend_pid()",
                name);
    }

    @Test
    void isNotReadyWhileServerIsReadOnly() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        String name = nameOf(settings);
        Database admin = admin(settings);
        try (OpenDatabase open = Databases.open(settings);
                SyncEngine engine =
                        new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
            engine.start();
            assertThat(deliver(engine)).isEqualTo(Receipt.KEPT);
            setReadOnly(admin, name, true);
            await("it is detected without a message", () -> !engine.isReady());
            for (int i = 0; i < 5; i++) {
                assertThat(deliver(engine)).isEqualTo(Receipt.UNAVAILABLE);
            }
            await(
                    "the cause is logged",
                    () -> logged(Level.ERROR).stream()
                            .anyMatch(line -> line.contains("server is read-only") && line.contains("25006")));
            // The pool's existing sessions stay read-only until they are closed.
            Rows.execute(admin, "alter database " + name + " set default_transaction_read_only = off");
            await("the engine is ready again", engine::isReady);
            for (int i = 0; i < 20; i++) {
                assertThat(deliver(engine)).isEqualTo(Receipt.KEPT);
            }
            await("the recovery is logged", () -> !logged(Level.INFO).isEmpty());
            assertThat(logged(Level.INFO)).singleElement().asString().contains("Messages can be stored again");
            assertThat(logged(Level.ERROR).stream().filter(line -> line.contains("25006")))
                    .hasSize(1);
        }
    }

    @Test
    void recoversOnceDiskOfSqliteFileHasSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.ofMegabytes(16)) {
            DatabaseSettings settings =
                    new DatabaseSettings("jdbc:sqlite:" + disk.folder().resolve("bellhop.db"), null, null);
            fillDiskAndRecover(settings, disk, "SQLITE_FULL");
        }
    }

    @Test
    void recoversOnceDiskOfServerHasSpace() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        Database admin = admin(settings);
        String name = nameOf(settings);
        try (SmallDisk disk = SmallDisk.ofMegabytes(48)) {
            executeAlone(admin, "create tablespace small_disk location '" + disk.folder() + "'");
            try {
                executeAlone(admin, "alter database " + name + " set tablespace small_disk");
                fillDiskAndRecover(settings, disk, "53100");
            } finally {
                // Otherwise the server would look for these files until it is stopped.
                executeAlone(admin, "alter database " + name + " set tablespace pg_default");
                executeAlone(admin, "drop tablespace small_disk");
            }
        }
    }

    private void fillDiskAndRecover(DatabaseSettings settings, SmallDisk disk, String code) throws Exception {
        String hardToCompress = new Random(1)
                .ints(4_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try (OpenDatabase open = Databases.open(settings);
                SyncEngine engine =
                        new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
            engine.start();
            assertThat(deliver(engine, hardToCompress)).isEqualTo(Receipt.KEPT);
            disk.fill();
            // Messages that fit into the existing files are still stored.
            while (deliver(engine, hardToCompress) == Receipt.KEPT) {
                assertThat(number).as("messages on a full disk").isLessThan(10_000);
            }
            assertThat(engine.isReady()).isFalse();
            for (int i = 0; i < 20; i++) {
                assertThat(deliver(engine, hardToCompress)).isEqualTo(Receipt.UNAVAILABLE);
            }
            assertThat(logged(Level.ERROR)).singleElement().asString().contains("no disk space left", code);
            assertThat(logged(Level.INFO)).isEmpty();

            disk.free();
            await("the engine is ready again", engine::isReady);
            for (int i = 0; i < 20; i++) {
                assertThat(deliver(engine, hardToCompress)).isEqualTo(Receipt.KEPT);
            }
            await("the recovery is logged", () -> !logged(Level.INFO).isEmpty());
            assertThat(logged(Level.INFO)).singleElement().asString().contains("Messages can be stored again");
            assertThat(logged(Level.ERROR)).hasSize(1);
            assertThat(Rows.query(open.database(), "select message_id from bellhop_inbox where state = 'mirrored'"))
                    .extracting(row -> row.get("message_id"))
                    .containsExactlyInAnyOrderElementsOf(kept);
            assertThat(Rows.count(open.database(), "clerk_users")).isEqualTo(kept.size());
        }
    }

    @Test
    void reportsFullDisk() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        SQLiteConfig small = new SQLiteConfig();
        small.setMaxPageCount(1);
        SQLiteDataSource file = new SQLiteDataSource(small);
        file.setUrl(settings.url());
        Database full = Database.of(file, Databases.dialectOf(settings.url()));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Rows.execute(
                        full,
                        "insert into bellhop_inbox (message_id, received_at, state, attempts, payload)"
                                + " values ('msg_1', 1, 'kept', 0, randomblob(1000000))"))
                .matches(fault -> fault.kind() == StoreException.Kind.UNAVAILABLE)
                .withMessageContaining("no disk space left");
    }
}
