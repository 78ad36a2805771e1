package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.RunningProgram;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests the findings of {@code bellhop doctor} beside a running {@code bellhop serve} on both databases, and that the
 * doctor leaves no traces.
 */
@Timeout(300)
@SameOnEveryJdk
class DoctorBesideServeTest {
    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(11));

    @TempDir
    Path folder;

    private Map<String, String> variables(DatabaseSettings settings) {
        Map<String, String> variables = DoctorRun.variables(folder);
        variables.putAll(ProgramProcess.environment(settings));
        variables.put(EnvironmentVariables.SIGNING_SECRET, ProgramProcess.SECRET);
        return variables;
    }

    private void send(RunningProgram program, String type, String id) {
        var fixture = fixtures.event(type).id(id);
        assertThat(program.send(OutgoingMessage.of(fixtures.messageId(), fixture))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void reportsRefusalsIfNoMessageIsStored(TestDatabase kind) throws Exception {
        DatabaseSettings settings = kind.fresh();
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            EventSender clerk = new EventSender(
                    program.webhook(),
                    MessageSigner.with(SigningSecret.parse("whsec_" + "b3RoZXIgc2VjcmV0IG9mIHRoZSBzZXJ2ZXI=")),
                    InstantSource.system());
            for (int i = 0; i < 5; i++) {
                assertThat(clerk.send(OutgoingMessage.of(fixtures.messageId(), fixtures.event("user.created")))
                                .reason())
                        .isEqualTo("no-matching-signature");
            }
            Database database = Databases.unpooled(settings);
            program.await(
                    "refusals are written",
                    () -> Rows.count(database, "bellhop_refusals where reason = 'no-matching-signature'") > 0);
            String url = program.webhook().toString();
            DoctorRun run = DoctorRun.of(folder, variables(settings), "--url", url);
            assertThat(run.the("messages", "fail"))
                    .contains("5 deliveries were rejected for no-matching-signature", "no message was ever stored")
                    .contains("CLERK_WEBHOOK_SIGNING_SECRET");
            assertThat(run.levels("receiver")).as("the probe is accepted").containsExactly("ok", "ok");
            assertThat(run.exitCode()).isEqualTo(1);

            send(program, "user.created", "user_a1");
            DoctorRun kept = DoctorRun.of(folder, variables(settings), "--url", url);
            assertThat(kept.levels("messages")).containsExactly("ok", "ok");
            assertThat(Rows.count(database, "bellhop_refusals where reason = 'missing-headers'"))
                    .as("refusals of the doctor's own deliveries")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsNoFaultAndLeavesNoTraces(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        try (ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            Map<String, String> variables = variables(settings);
            DoctorRun fresh =
                    DoctorRun.of(folder, variables, "--url", program.webhook().toString());
            assertThat(fresh.levels("receiver")).containsExactly("ok", "ok");
            assertThat(fresh.the("address", "ok")).contains("127.0.0.1", "no proxy");
            assertThat(fresh.levels("database")).containsOnly("ok");
            assertThat(fresh.levels("clock"))
                    .hasSize(kind == TestDatabase.SQLITE ? 1 : 2)
                    .containsOnly("ok");
            assertThat(fresh.the("messages", "warn")).contains("No message was ever stored", "bellhop trigger");
            assertThat(Rows.count(database, "bellhop_inbox")).isZero();

            send(program, "user.created", "user_a1");
            DoctorRun run =
                    DoctorRun.of(folder, variables, "--url", program.webhook().toString(), "user_a1");
            assertThat(run.levels("messages")).containsExactly("ok", "ok");
            assertThat(run.the("entity", "ok")).contains("user_a1 is in clerk_users");
            assertThat(run.exitCode()).isZero();
            assertThat(Rows.count(database, "bellhop_inbox")).isEqualTo(1);

            DoctorRun defaulted = DoctorRun.of(folder, withPort(variables, program.webhook()));
            assertThat(defaulted.levels("receiver")).containsExactly("ok", "ok");

            Rows.execute(
                    database, "update bellhop_inbox set state = 'dead', died_at = 1, reason = 'SQLException 22003'");
            assertThat(DoctorRun.of(folder, variables, "user_a1").the("entity", "warn"))
                    .contains("its newest message has not been mirrored", "SQLException 22003", "messages replay msg_");
        }
    }

    private static Map<String, String> withPort(Map<String, String> variables, URI webhook) {
        variables.put("BELLHOP_PORT", Integer.toString(webhook.getPort()));
        return variables;
    }

    /** Libraries log to the stream that commands print to. */
    @Test
    void printsOnlyItsFindings() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        Map<String, String> environment = ProgramProcess.environment(settings);
        environment.put("BELLHOP_PORT", "1");
        try (ProgramProcess doctor = ProgramProcess.start(folder, environment, List.of(), "doctor", "--json")) {
            assertThat(doctor.exitCode()).isZero();
            assertThat(doctor.output().lines())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(line -> assertThat(line).startsWith("{\"check\":"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsWhyAnEntityIsMissing(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        Database database = Databases.unpooled(settings);
        Map<String, String> environment = ProgramProcess.environment(settings);
        environment.put("BELLHOP_INSTANCE_ID", "ins_ours");
        try (ServerInside program = ServerInside.serve(folder, environment)) {
            Map<String, String> variables = variables(settings);
            send(program, "user.created", "user_foreign");
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "fail"))
                    .contains("set aside", "foreign-instance", "BELLHOP_INSTANCE_ID", "messages replay msg_")
                    .contains("a replay does nothing");

            Rows.execute(
                    database,
                    "insert into clerk_users (id, synced_at, bellhop_version) select 'user_foreign', "
                            + (kind == TestDatabase.SQLITE ? "'2026-01-01T00:00:00.000Z'" : "now()") + ", '1.'");
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "warn"))
                    .contains("its newest message was set aside", "Messages about it: 0", "foreign-instance 1");
            Rows.execute(database, "delete from clerk_users");

            Rows.execute(database, "update bellhop_inbox set reason = 'untyped'");
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "fail"))
                    .contains("has no event type");
            Rows.execute(database, "update bellhop_inbox set reason = 'discarded'");
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "fail"))
                    .contains("was discarded", "bellhop show bellhop_discards")
                    .doesNotContain("BELLHOP_INSTANCE_ID");

            Rows.execute(
                    database, "update bellhop_inbox set state = 'dead', reason = 'PSQLException 22003', died_at = 1");
            DoctorRun dead = DoctorRun.of(folder, variables, "user_foreign");
            assertThat(dead.the("entity", "fail"))
                    .contains("dead letter", "PSQLException 22003", "bellhop dead-letters");
            assertThat(dead.the("messages", "fail"))
                    .contains("failing), 1 dead. Handler runs: ", "failing), 0 dead.", "bellhop dead-letters");
            assertThat(dead.exitCode()).isEqualTo(1);

            Rows.execute(
                    database,
                    "update bellhop_inbox set state = 'kept', died_at = null, attempts = 3,"
                            + " next_attempt_at = 9000000000000");
            DoctorRun waiting = DoctorRun.of(folder, variables, "user_foreign");
            assertThat(waiting.the("entity", "fail")).contains("its message waits", "PSQLException 22003");
            assertThat(waiting.the("messages", "warn"))
                    .contains("(1 of them failing)", "(0 of them failing)", "23505", "bellhop show" + " bellhop_inbox");

            Rows.execute(database, "update bellhop_inbox set state = 'kept', next_attempt_at = null, payload = null");
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "fail"))
                    .contains("BELLHOP_MIRROR_TABLES", "payload was removed", "resend");

            Rows.execute(
                    database,
                    "insert into bellhop_tombstones (entity, entity_id, deleted_at) values ('user', 'user_foreign',"
                            + " 1)");
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "ok"))
                    .contains("was deleted");
            Rows.execute(
                    database, "update bellhop_tombstones set erased = " + (kind == TestDatabase.SQLITE ? "1" : "true"));
            assertThat(DoctorRun.of(folder, variables, "user_foreign").the("entity", "fail"))
                    .contains("was erased here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsFailingHandlersWithTheirCauses(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        HandlerOptions once =
                HandlerOptions.DEFAULT.withRetry(new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
        Handlers handlers = Handlers.builder()
                .on(UserEvent.class, "welcome-mail", (event, run) -> {
                    throw new IllegalStateException("no mail server");
                })
                .on(UserEvent.class, "crm", once, (event, run) -> {
                    throw new IllegalArgumentException("no such list");
                })
                .build();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), same -> same, handlers)) {
            bench.receive(fixtures.event("user.created").id("user_welcome").payload());
            Rows.execute(
                    bench.database(),
                    "update bellhop_inbox set received_at = "
                            + InstantSource.system().millis());
            assertThat(DoctorRun.of(folder, variables(settings)).levels("messages"))
                    .containsExactly("ok", "ok");
            assertThat(bench.handlerWorker.runOnce()).isTrue();
            assertThat(bench.handlerWorker.runOnce()).isTrue();
            assertThat(DoctorRun.of(folder, variables(settings)).the("messages", "fail"))
                    .contains(
                            "(0 of them failing), 0 dead. Handler runs: 1 waiting (1 of them failing), 1 dead.",
                            "bellhop" + " dead-letters");
            DoctorRun ofUser = DoctorRun.of(folder, variables(settings), "user_welcome");
            assertThat(ofUser.levels("entity")).containsExactly("skip", "ok", "fail", "warn");
            assertThat(ofUser.the("entity", "fail"))
                    .contains(
                            "Handler crm has used up its attempts",
                            "IllegalArgumentException: no such list",
                            "dead-letters replay");
            assertThat(ofUser.the("entity", "warn"))
                    .contains("Handler welcome-mail fails", "IllegalStateException: no mail server");
            Run listed = Run.of(folder, variables(settings), "messages");
            assertThat(listed.out()).contains("mirrored", "handler crm dead:", "handler welcome-mail failing:");
            assertThat(Run.of(folder, variables(settings), "messages", "--json").out())
                    .contains("\"handlers\":\"dead\"");
            assertThat(Run.of(folder, variables(settings), "dead-letters", "--each")
                            .out())
                    .contains("user.created user_welcome", "IllegalArgumentException: no", "first failed 20");
            Run causes = Run.of(folder, variables(settings), "dead-letters");
            assertThat(causes.out()).contains("1 crm: IllegalArgumentException");

            assertThat(Run.of(
                                    folder,
                                    variables(settings),
                                    "dead-letters",
                                    "discard",
                                    "--handler",
                                    "crm",
                                    "--yes",
                                    "--reason",
                                    "obsolete")
                            .exitCode())
                    .isZero();
            assertThat(DoctorRun.of(folder, variables(settings)).the("messages", "warn"))
                    .contains(
                            "being retried",
                            "(0 of them failing), 0 dead. Handler runs: ",
                            "waiting (1 of them failing), 0 dead.",
                            "bellhop show" + " bellhop_handler_runs");
            assertThat(Run.of(folder, variables(settings), "show", "bellhop_handler_runs")
                            .out())
                    .contains("welcome-mail", "IllegalStateException", "no mail server")
                    .containsPattern("last_failed_at +20\\d\\d-\\d\\d-\\d\\dT");
        }
    }

    @Test
    void asksClerkAboutEntitiesThatAreNotMirrored() throws IOException {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (var open = TestDatabase.open(settings);
                ClerkSimulator clerk = ClerkSimulator.start()) {
            Map<String, String> variables = variables(settings);
            String id = clerk.clerk().users().createInvented().path("id").stringValue();
            DoctorRun keyless = DoctorRun.of(folder, variables, id);
            assertThat(keyless.the("entity", "skip")).contains("Could not check whether Clerk has", "CLERK_SECRET_KEY");
            assertThat(keyless.the("backend-api", "skip")).contains("CLERK_SECRET_KEY", "was not checked");

            Files.writeString(
                    folder.resolve("bellhop.yaml"), "bellhop:\n  backend-api:\n    url: " + clerk.url() + "\n");
            variables.put("CLERK_SECRET_KEY", clerk.secretKey());
            DoctorRun run = DoctorRun.of(folder, variables, id);
            assertThat(run.the("backend-api", "ok")).contains("accepts the secret key");
            assertThat(run.the("entity", "ok")).contains("Clerk has " + id);
            assertThat(run.the("entity", "fail"))
                    .contains("no message about it was ever stored", "cannot see them", "Recover", "getOrFetch");
            assertThat(run.levels("clock")).containsExactly("ok");

            DoctorRun nobody = DoctorRun.of(folder, variables, "user_nobody");
            assertThat(nobody.levels("entity")).containsExactly("warn", "warn");

            variables.put("CLERK_SECRET_KEY", DoctorRun.API_KEY);
            assertThat(DoctorRun.of(folder, variables).the("backend-api", "fail"))
                    .contains("rejected the secret key (status 401)", "Dashboard (API keys)");
            variables.put("CLERK_SECRET_KEY", "pk_test_k33p");
            assertThat(DoctorRun.of(folder, variables).the("backend-api", "fail"))
                    .contains("begins with sk_");
            assertThat(Rows.count(open.database(), "clerk_users")).isZero();
        }
    }

    @Test
    void reportsMissingTablesAndAnUnreachableDatabase() throws IOException {
        Map<String, String> variables = DoctorRun.variables(folder);
        Files.createFile(folder.resolve("bellhop.db"));
        assertThat(DoctorRun.of(folder, variables).the("database", "fail"))
                .contains("do not match this version", "bellhop serve");
        Files.writeString(folder.resolve("bellhop.db"), "this is no database at all, but it is long enough");
        assertThat(DoctorRun.of(folder, variables).the("database", "fail")).contains("is not an SQLite database");

        variables.put("BELLHOP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/app");
        DoctorRun away = DoctorRun.of(folder, variables);
        assertThat(away.the("database", "fail"))
                .contains("503 store-unavailable", "BELLHOP_DATABASE_URL", "server refused the connection");
        assertThat(away.levels("messages")).containsExactly("skip");
    }
}
