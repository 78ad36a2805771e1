package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.Repetitions;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.SharedData;
import io.github.bellhop.event.EventType;
import io.github.bellhop.server.testing.CuttableProxy;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@code bellhop serve} as a process: what it stores, and how it behaves on shutdown and after failures. */
class ServeTest {
    /** How often the process is killed for each database. */
    private static final int KILLS = Repetitions.of(10);

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());

    @TempDir
    Path folder;

    private OutgoingMessage message(String type) {
        return OutgoingMessage.of(fixtures.messageId(), fixtures.event(type));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void mirrorsEveryEventTypeAndExitsWithZero(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        try (ProgramProcess program = ProgramProcess.serve(folder, ProgramProcess.environment(settings))) {
            for (var type : EventType.values()) {
                WireAnswer result = program.send(message(type.wireName()));
                assertThat(result.status()).as(type.wireName()).isEqualTo(200);
            }
            assertThat(Rows.count(database, "bellhop_inbox")).isEqualTo(46);
            assertThat(Rows.count(database, "bellhop_dead_letters")).isZero();
            assertThat(Rows.count(database, "clerk_audit_log")).isEqualTo(5);
            program.terminate();
            assertThat(program.exitCode()).isZero();
            assertThat(program.output()).contains("Shutting down").doesNotContain("org.apache.catalina.loader");
        }
    }

    @Test
    @SameOnEveryJdk
    void storesEveryOfficialExample() throws Exception {
        List<Path> examples;
        try (Stream<Path> files = Files.list(SharedData.require("data/clerk-examples"))) {
            examples = files.sorted().toList();
        }
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            Database database = Databases.unpooled(settings);
            for (Path example : examples) {
                String type = example.getFileName().toString().replace(".json", "");
                String id = fixtures.messageId();
                WireAnswer result = program.send(new OutgoingMessage(id, type, null, Files.readAllBytes(example)));
                assertThat(result.status()).as(type).isEqualTo(200);
                assertThat(Rows.query(database, "select type from bellhop_inbox where message_id = ?", id))
                        .extracting(row -> row.get("type"))
                        .containsExactly(type);
            }
            assertThat(Rows.count(database, "bellhop_inbox")).isEqualTo(45);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    @SameOnEveryJdk
    void keepsEveryAcknowledgedMessageAfterSigkill(TestDatabase kind) throws Exception {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        ConcurrentLinkedQueue<OutgoingMessage> acknowledged = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < KILLS; round++) {
            try (ProgramProcess program = ProgramProcess.serve(folder, ProgramProcess.environment(settings))) {
                killUnderLoad(program, acknowledged);
            }
        }
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            assertThat(program.isAlive()).isTrue();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(20 * KILLS);
            assertThat(Rows.count(database, "bellhop_dead_letters")).isZero();
            assertThat(Rows.count(database, "bellhop_inbox where state <> 'mirrored'"))
                    .isZero();
            for (OutgoingMessage message : acknowledged) {
                assertThat(Rows.query(
                                database, "select state from bellhop_inbox where message_id = ?", message.messageId()))
                        .as(message.messageId())
                        .extracting(row -> row.get("state"))
                        .containsExactly("mirrored");
                assertThat(Rows.query(database, "select id from clerk_users where id = ?", message.entityId()))
                        .hasSize(1);
            }
        }
    }

    private void killUnderLoad(ProgramProcess program, ConcurrentLinkedQueue<OutgoingMessage> acknowledged)
            throws InterruptedException {
        URI webhook = program.webhook();
        CountDownLatch enough = new CountDownLatch(20);
        ExecutorService senders = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            senders.execute(() -> {
                while (program.isAlive()) {
                    Fixture fixture;
                    String id;
                    synchronized (fixtures) {
                        fixture = fixtures.event("user.created");
                        id = fixtures.messageId();
                    }
                    OutgoingMessage message = OutgoingMessage.of(id, fixture);
                    if (program.send(message).status() == 200) {
                        acknowledged.add(message);
                        enough.countDown();
                    }
                }
            });
        }
        assertThat(enough.await(120, TimeUnit.SECONDS))
                .as("20 answers from " + webhook)
                .isTrue();
        program.kill();
        senders.shutdown();
        assertThat(senders.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void answers503WhileTheDatabaseIsGoneAndRecoversByItself() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        URI direct = URI.create(settings.url().substring("jdbc:".length()));
        try (CuttableProxy proxy = new CuttableProxy(direct.getPort())) {
            DatabaseSettings cuttable = new DatabaseSettings(
                    settings.url().replace(":" + direct.getPort() + "/", ":" + proxy.port() + "/"),
                    settings.user(),
                    settings.password());
            proxy.cut();
            try (ProgramProcess program =
                    ProgramProcess.start(folder, ProgramProcess.environment(cuttable), List.of(), "serve")) {
                program.await("the port is open", () -> program.output().contains("Accepting deliveries on port"));
                assertThat(Http.status(program.url("/health/ready"))).isEqualTo(503);
                assertThat(Http.status(program.url("/health/live"))).isEqualTo(200);
                assertThat(program.send(message("user.created")).status()).isEqualTo(503);

                proxy.join();
                program.awaitReady();
                OutgoingMessage first = message("user.created");
                assertThat(program.send(first).status()).isEqualTo(200);

                proxy.cut();
                OutgoingMessage refused = message("user.created");
                WireAnswer result = program.send(refused);
                assertThat(result.status()).isEqualTo(503);
                assertThat(result.reason()).isEqualTo("store-unavailable");
                assertThat(Http.status(program.url("/health"))).isEqualTo(503);

                proxy.join();
                program.await("the store is back", () -> program.send(refused).status() == 200);
                assertThat(program.send(refused).status()).isEqualTo(200);
                Database database = Databases.unpooled(settings);
                assertThat(Rows.count(database, "bellhop_inbox")).isEqualTo(2);
                assertThat(Rows.count(database, "clerk_users")).isEqualTo(2);
            }
        }
    }

    @Test
    @SameOnEveryJdk
    void opensThePublicPortWhenTheTablesAreReady() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        Database database = Databases.unpooled(settings);
        Schema.migrate(database);
        try (Connection holder = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table " + Schema.HISTORY_TABLE + " in access exclusive mode");
            try (ProgramProcess program =
                    ProgramProcess.start(folder, ProgramProcess.environment(settings), List.of(), "serve")) {
                program.await(
                        "the program waits for the tables",
                        () -> !Rows.query(
                                        database,
                                        "select 1 from pg_locks where not granted and relation = '"
                                                + Schema.HISTORY_TABLE + "'::regclass")
                                .isEmpty());
                assertThat(program.output()).doesNotContain("Accepting deliveries");
                holder.rollback();
                program.await("the port is open", () -> program.output().contains("Accepting deliveries on port"));
                assertThat(Http.status(program.url("/health/ready")))
                        .as("as soon as the port is open")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    @SameOnEveryJdk
    void rejectsASecondServerForTheSameSqliteFile() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (ServerInside first = ServerInside.serve(folder, ProgramProcess.environment(settings));
                ProgramProcess second =
                        ProgramProcess.start(folder, ProgramProcess.environment(settings), List.of(), "serve")) {
            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.output()).contains("BELLHOP_DATABASE_URL").doesNotContain("\tat ");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    @SameOnEveryJdk
    void namesThePublicPortInUse() {
        try (ServerInside first = ServerInside.serve(folder, ProgramProcess.environment(TestDatabase.SQLITE.fresh()))) {
            Map<String, String> environment = ProgramProcess.environment(TestDatabase.SQLITE.fresh());
            environment.put("BELLHOP_PORT", Integer.toString(first.webhook().getPort()));
            assertPortInUse(environment, "BELLHOP_PORT", first.webhook().getPort());
        }
    }

    @Test
    @SameOnEveryJdk
    void namesTheOperatorsPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = ProgramProcess.environment(TestDatabase.SQLITE.fresh());
            environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(taken.getLocalPort()));
            assertPortInUse(environment, "BELLHOP_CONSOLE_PORT", taken.getLocalPort());
        }
    }

    private void assertPortInUse(Map<String, String> environment, String setting, int port) {
        try (ProgramProcess second = ProgramProcess.start(folder, environment, List.of(), "serve")) {
            assertThat(second.exitCode()).isEqualTo(1);
            String output = second.output();
            assertThat(output.replaceAll("\\s+", " "))
                    .contains("port " + port)
                    .contains("set " + setting + " to a free port")
                    .doesNotContain("\tat ");
            assertThat(output.lines().filter(line -> line.matches(".*\\b(WARN|ERROR)\\b.*|APPLICATION FAILED.*")))
                    .isEmpty();
        }
    }
}
