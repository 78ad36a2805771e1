package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.DocumentPages;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.RunningProgram;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every {@code bellhop} command on every page of the documentation. Only hosts, ports and placeholders are
 * replaced, so that the commands use the server, the app and the database of this test. The database contains the user,
 * the message and the dead letters that the pages name.
 */
@Timeout(300)
@SameOnEveryJdk
class DocumentedCommandsTest {
    private static final Pattern COMMAND =
            Pattern.compile("^\\s*((?:[A-Z_]+=\\S+(?: [^ =]+)*? )*)(?:\\./)?bellhop ([a-z].*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String USER = "user_3MWHtDdEfEz5gnlUMxYyDv0O0KA";
    private static final String MESSAGE = "msg_3MWHtDdEfEz5gnlUMxYyDv0O0KA";
    private static final String TOKEN = "listen-token-c2a61f90d7";

    private static final Fixtures FIXTURES = Fixtures.of(InstantSource.system(), new Random(15));

    @TempDir
    static Path shared;

    private static DatabaseSettings settings;
    private static Database database;
    private static DatabaseSettings postgres;
    private static int consolePort;
    private static ServerInside server;
    private static Receiver app;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        settings = TestDatabase.SQLITE.fresh();
        database = Databases.unpooled(settings);
        postgres = TestDatabase.POSTGRESQL.fresh();
        consolePort = ProgramProcess.freePort();
        Map<String, String> environment = new LinkedHashMap<>(ProgramProcess.environment(settings));
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(consolePort));
        environment.put("BELLHOP_LISTEN_TOKEN", TOKEN);
        environment.put("BELLHOP_LISTEN_RELAY", "open");
        server = ServerInside.serve(shared, environment);
        app = new Receiver(200, "");
    }

    @AfterAll
    static void stop() {
        server.close();
        app.close();
    }

    /** Returns every command once. Commands that erase come last, because the others need the user. */
    static List<String> commands() throws IOException {
        TreeSet<String> commands = new TreeSet<>();
        for (Path page : DocumentPages.all()) {
            for (String line : DocumentPages.code(page)) {
                Matcher command = COMMAND.matcher(line.replaceAll("\\s+#.*$", ""));
                if (command.matches()) {
                    commands.add(command.group(1) + command.group(2).strip());
                }
            }
        }
        List<String> ordered = new ArrayList<>(commands);
        ordered.removeIf(command -> command.startsWith("erase"));
        commands.stream()
                .filter(command -> command.startsWith("erase"))
                .sorted()
                .forEach(ordered::add);
        assertThat(ordered).hasSizeGreaterThan(50);
        return ordered;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void runs(String command) throws Exception {
        prepare(command.contains("--wait"));
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CLERK_WEBHOOK_SIGNING_SECRET", RunningProgram.SECRET);
        variables.put("BELLHOP_LISTEN_TOKEN", TOKEN);
        List<String> words = words(command);
        while (words.get(0).contains("=")) {
            String[] assignment = words.remove(0).split("=", 2);
            variables.put(assignment[0], assignment[1]);
        }
        boolean isServer = List.of("serve", "dev").contains(words.get(0));
        if (words.contains(postgres.url())) {
            variables.putAll(ProgramProcess.environment(postgres));
        } else if (isServer) {
            variables.putAll(ProgramProcess.environment(TestDatabase.SQLITE.fresh()));
        } else {
            variables.putAll(ProgramProcess.environment(settings));
        }
        String[] arguments = words.toArray(String[]::new);
        if (isServer) {
            serve(variables, arguments);
        } else if (words.get(0).equals("listen") && !words.contains("--print-secret")) {
            listen(variables, arguments);
        } else {
            variables.put("BELLHOP_PORT", Integer.toString(server.webhook().getPort()));
            String answer = words.get(0).equals("erase") ? USER : "yes";
            Run run = Run.of(TypedAnswers.of(answer), folder, variables, arguments);
            // Doctor exits with 1 when it finds something.
            int highest = words.get(0).equals("doctor") ? 1 : 0;
            assertThat(run.exitCode())
                    .as(() -> String.join(" ", arguments) + "\n" + run.out() + run.err())
                    .isBetween(0, highest);
            assertThat(run.out() + run.err()).isNotBlank();
        }
    }

    /**
     * Stores the user, the message and the dead letters that the pages name, and a captured delivery. A command that
     * waits for handlers would wait for an app that this test does not run.
     */
    private void prepare(boolean isWaiting) throws IOException {
        Fixture user = FIXTURES.event("user.created").id(USER);
        OutgoingMessage message = OutgoingMessage.of(MESSAGE, user);
        assertThat(server.send(message).status()).isEqualTo(200);
        OutgoingMessage dead = OutgoingMessage.of(FIXTURES.messageId(), FIXTURES.event("user.created"));
        assertThat(server.send(dead).status()).isEqualTo(200);
        server.await(
                "both are mirrored",
                () -> Rows.count(
                                database,
                                "bellhop_inbox where state = 'mirrored' and message_id in ('%s', '%s')"
                                        .formatted(MESSAGE, dead.messageId()))
                        == 2);
        Rows.execute(
                database,
                "update bellhop_inbox set state = 'dead', reason = 'PSQLException 23505', died_at = received_at"
                        + " where message_id = '" + dead.messageId() + "'");
        Rows.execute(database, "delete from bellhop_handler_runs");
        Rows.execute(database, "delete from bellhop_handlers");
        if (!isWaiting) {
            addHandlers();
        }
        byte[] body = user.payload();
        long timestamp = Instant.now().getEpochSecond();
        String signature =
                MessageSigner.with(SigningSecret.parse(RunningProgram.SECRET)).sign(MESSAGE, timestamp, body);
        Files.write(folder.resolve("body.json"), body);
        Files.writeString(
                folder.resolve("headers.txt"),
                "svix-id: " + MESSAGE + "\nsvix-timestamp: " + timestamp + "\nsvix-signature: " + signature + "\n");
    }

    private static void addHandlers() {
        for (String handler : List.of("welcome-mail", "customers")) {
            String cause = handler.equals("customers") ? "PSQLException 23505" : "timed-out";
            Rows.execute(database, "insert into bellhop_handlers values ('" + handler + "', 1)");
            Rows.execute(database, """
                    insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, attempts,
                        reason, died_at, stale, stale_too, replay, clear_payload)
                    values ('%s', '%s', '%s', 1, false, 12, '%s', 9000, false, false, false, false)""".formatted(MESSAGE, handler, USER, cause));
        }
    }

    private static List<String> words(String command) {
        String replaced = command.replace("$(openssl rand -hex 32)", TOKEN)
                .replaceAll("(?<==|--secret )whsec_\\.{3}", RunningProgram.SECRET)
                .replaceAll(
                        "--since 20\\S+ --until 20\\S+",
                        "--since " + Instant.now().minusSeconds(900) + " --until "
                                + Instant.now().plusSeconds(900))
                .replace("user_...", USER)
                .replace("org_...", "org_3MWHtDdEfEz5gnlUMxYyDv0O0KA")
                .replace("jdbc:postgresql://localhost:5432/app", postgres.url())
                .replaceAll("--forward-to \\S+", "--forward-to " + app.url())
                .replaceAll("--(to|url) \\S+", "--$1 " + server.webhook())
                .replaceAll("--from \\S+", "--from http://127.0.0.1:" + consolePort)
                .replaceAll("--relay( \\S+)?", "--relay ws://127.0.0.1:" + consolePort + "/api/v1/listen/");
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(replaced); word.find(); ) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words;
    }

    private void serve(Map<String, String> variables, String... arguments) {
        int port = ProgramProcess.freePort();
        variables.put("BELLHOP_PORT", Integer.toString(port));
        variables.put("BELLHOP_CONSOLE_PORT", "0");
        variables.put("BELLHOP_SIMULATOR_PORT", "0");
        variables.put("BELLHOP_IP_ALLOWLIST", "off");
        try (CommandSession session = new CommandSession(folder, variables, arguments)) {
            session.await("it is ready", () -> isReady(port));
            session.end();
        }
    }

    private static boolean isReady(int port) {
        try {
            return Http.status(URI.create("http://127.0.0.1:" + port + "/health/ready")) == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private void listen(Map<String, String> variables, String... arguments) {
        try (CommandSession session = new CommandSession(folder, variables, arguments)) {
            session.await("it is connected", () -> session.err().contains("Connected to"));
            assertThat(session.end()).isZero();
        }
    }
}
