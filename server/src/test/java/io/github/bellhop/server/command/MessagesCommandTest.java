package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.terminal.Terminal;
import io.github.bellhop.server.testing.FixedEnvironment;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.sync.read.MessageReader;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SameOnEveryJdk
class MessagesCommandTest {
    private static final String USER = """
            {"type":"user.created","data":{"id":"user_a","first_name":"Zoë","private_metadata":{"plan":"s3cret"},
            "unsafe_metadata":{"x":"uns4fe"},"public_metadata":{"note":"ask ann@example.com"},"phone_number":null,
            "email_addresses":[{"id":"idn_1","email_address":"ann@example.com"}]},
            "event_attributes":{"http_request":{"client_ip":"192.0.2.7","user_agent":"Firefox"}}}""";
    private static final String EMAIL = """
            {"type":"email.created","data":{"id":"ema_1","subject":"Code 123456","body":"<b>123456</b>",
            "body_plain":"123456","data":{"otp_code":"123456"},"to_email_address":"ann@example.com","slug":"code"}}""";

    @TempDir
    Path folder;

    private DatabaseSettings settings;

    private void fill(TestDatabase kind) {
        settings = kind.fresh();
        TestDatabase.open(settings).close();
        keep("msg_1", "user.created", "user_a", 1_000, "mirrored", USER);
        keep("msg_2", "email.created", "ema_1", 2_000, "kept", EMAIL);
        keep("msg_3", "user.updated", "user_a", 3_000, "dead", null);
        keep("msg_4", "session.created", "sess_a", 3_000, "stale", "{\"type\":\"session.created\"}");
        keep("msg_5", "user%deleted", "user_b", 4_000, "aside", "{}");
    }

    private void keep(String id, String type, String entity, long at, String state, String payload) {
        Database database = Databases.unpooled(settings);
        int unused = database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into bellhop_inbox (message_id, type,"
                    + " entity_id, received_at, state, attempts, payload) values (?, ?, ?, ?, ?, 0, ?)")) {
                insert.setString(1, id);
                insert.setString(2, type);
                insert.setString(3, entity);
                insert.setLong(4, at);
                insert.setString(5, state);
                insert.setBytes(6, payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
                return insert.executeUpdate();
            }
        });
    }

    private Run messages(String... arguments) {
        return run(TypedAnswers.noTerminal(), arguments);
    }

    private Run run(Terminal terminal, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "messages";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.of(terminal, folder, ProgramProcess.environment(settings), all);
    }

    private List<String> listed(String... arguments) {
        Run run = messages(arguments);
        assertThat(run.lines()).allMatch(line -> line.length() <= 80);
        return run.lines().stream()
                .filter(line -> line.contains("  msg_"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void listsMatchingMessagesNewestFirst(TestDatabase kind) {
        fill(kind);
        assertThat(listed()).containsExactly("msg_5", "msg_4", "msg_3", "msg_2", "msg_1");
        assertThat(listed("--type", "user.*")).containsExactly("msg_3", "msg_1");
        assertThat(listed("--type", "user.created,*.created", "--state", "kept,STALE"))
                .containsExactly("msg_4", "msg_2");
        assertThat(listed("--type", "user%*")).containsExactly("msg_5");
        assertThat(listed("--entity", "user_a", "--state", "dead")).containsExactly("msg_3");
        assertThat(listed("--since", "1970-01-01T00:00:03Z", "--until", "1970-01-01T00:00:04Z"))
                .containsExactly("msg_4", "msg_3");
        Run empty = messages("--since", "2h");
        assertThat(empty.exitCode()).isZero();
        assertThat(empty.out()).isEmpty();
        assertThat(empty.err()).contains("No message matches");
    }

    @Test
    void reportsWhereABoundedSearchEnded() {
        settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        Rows.execute(Databases.unpooled(settings), """
                insert into bellhop_inbox (message_id, type, received_at, state, attempts)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 25000)
                select 'msg_' || n, case when n % 20000 = 1 then 'role.created' else 'user.updated' end, n * 1000,
                    'mirrored', 0
                from numbers""");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                new FixedEnvironment(folder, ProgramProcess.environment(settings)),
                InstantSource.system(),
                TypedAnswers.noTerminal());
        CommandLine line = MessagesCommand.line(context, database -> new MessageReader(database, 10_000));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(line.execute("--type", "role.*")).isZero();
        assertThat(out.toString()).contains("msg_20001").doesNotContain("msg_1");
        assertThat(err.toString().replaceAll("\\s+", " "))
                .isEqualTo("Only messages since 1970-01-01T04:10:01Z were searched. Narrow the search with --since, or"
                        + " continue with --until 1970-01-01T04:10:01Z. ");
        assertThat(listed("--type", "role.*", "--until", "1970-01-01T04:10:01Z"))
                .containsExactly("msg_1");
        assertThat(listed("--type", "role.*")).containsExactly("msg_20001", "msg_1");
    }

    @ParameterizedTest
    @EnumSource
    void matchesTypesLiterallyAndCaseSensitively(TestDatabase kind) {
        fill(kind);
        keep("msg_6", "a[b]?c", "x", 5_000, "stale", "{}");
        assertThat(listed("--type", "USER.*")).isEmpty();
        assertThat(listed("--type", "User.created")).isEmpty();
        assertThat(listed("--type", "*[b]?c")).containsExactly("msg_6");
        assertThat(listed("--type", "a[b]*")).containsExactly("msg_6");
        assertThat(listed("--type", "a[b]dc")).isEmpty();
        assertThat(listed("--type", "user?created")).isEmpty();
        assertThat(listed("--type", "[a-z]*")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void distinguishesWaitingFromKeptMessages(TestDatabase kind) {
        fill(kind);
        keep("msg_6", "user.created", "user_c", 5_000, "kept", "{}");
        Rows.execute(
                Databases.unpooled(settings),
                "update bellhop_inbox set next_attempt_at = 9000 where message_id = 'msg_6'");
        assertThat(listed("--state", "waiting")).containsExactly("msg_6");
        assertThat(listed("--state", "KEPT")).containsExactly("msg_2");
        assertThat(listed("--state", "waiting,kept,dead")).containsExactly("msg_6", "msg_3", "msg_2");
        assertThat(messages("--state", "waiting").out()).contains("waiting").doesNotContain("kept");
        assertThat(messages("--state", "waiting", "--json").out()).contains("\"state\":\"waiting\"");
        assertThat(messages("--state", "kept", "--json").out()).contains("\"state\":\"kept\"");
        assertThat(messages("msg_6", "--json").out()).contains("\"state\":\"waiting\"");
        assertThat(messages("msg_6").out()).contains("waiting");
    }

    @ParameterizedTest
    @EnumSource
    void acceptsDaysAndInstantsWithFourDigitYears(TestDatabase kind) {
        fill(kind);
        assertThat(listed("--since", "1970-01-01")).hasSize(5);
        assertThat(listed("--since", "1970-01-01T00:00:03Z")).containsExactly("msg_5", "msg_4", "msg_3");
        assertThat(listed("--since", "0000-01-01")).hasSize(5);
        assertThat(listed("--until", "9999-12-31T23:59:59-18:00")).hasSize(5);
        assertThat(messages("--until", "1970-01-01").err()).contains("No message matches");
        for (String beyond : List.of("-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "10000-01-01")) {
            Run run = messages("--since=" + beyond);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("2h").doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void continuesAfterAPage(TestDatabase kind) {
        fill(kind);
        Run first = messages("--limit", "2");
        assertThat(first.err()).contains("--before msg_4");
        assertThat(listed("--limit", "2", "--before", "msg_4")).containsExactly("msg_3", "msg_2");
        assertThat(listed("--limit", "2", "--before", "msg_2")).containsExactly("msg_1");
        assertThat(messages("--before", "msg_9").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void masksPrivateData(TestDatabase kind) {
        fill(kind);
        Run user = messages("msg_1");
        assertThat(user.out())
                .contains("user.created", "1970-01-01T00:00:01Z", "mirrored", "\"private_metadata\" : \"***\"", "Zoë")
                .contains("\"phone_number\" : null")
                .doesNotContain("s3cret", "uns4fe", "ann@example", "192.0.2.7", "Firefox");
        Run email = messages("msg_2", "--json");
        assertThat(email.out()).contains("ema_1", "\"slug\":\"code\"").doesNotContain("123456", "ann@example");

        Run bare = messages("msg_1", "--private");
        assertThat(bare.out()).contains("s3cret", "uns4fe", "ann@example.com", "192.0.2.7");
        assertThat(messages("msg_2", "--private", "--json").out()).contains("123456", "ann@example.com");
    }

    @ParameterizedTest
    @EnumSource
    void printsNumbersUnchanged(TestDatabase kind) {
        fill(kind);
        String huge = "7".repeat(1_200);
        keep("msg_6", "user.created", "user_c", 5_000, "kept", "{\"a\":" + huge + ",\"b\":1E400,\"c\":1.10}");
        for (String more : List.of("--json", "--private")) {
            Run run = messages("msg_6", more);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().replace(" : ", ":")).contains("\"a\":" + huge, "\"b\":1E400", "\"c\":1.10");
        }
        assertThat(messages("msg_6").out()).contains("\"a\" : " + huge, "\"b\" : 1E400");
    }

    @ParameterizedTest
    @EnumSource
    void printsTheExactBytes(TestDatabase kind) {
        fill(kind);
        TypedAnswers terminal = TypedAnswers.noTerminal();
        assertThat(run(terminal, "msg_1", "--raw", "--private").exitCode()).isZero();
        assertThat(terminal.written()).isEqualTo(USER.getBytes(StandardCharsets.UTF_8));
        assertThat(messages("msg_1", "--raw").exitCode()).isEqualTo(2);
        Run gone = messages("msg_3");
        assertThat(gone.exitCode()).isZero();
        assertThat(gone.out()).contains("The payload is gone");
        assertThat(messages("msg_3", "--raw", "--private").exitCode()).isEqualTo(1);
        assertThat(messages("msg_9").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void printsOneJsonObjectPerLine(TestDatabase kind) {
        fill(kind);
        List<JsonNode> lines = messages("--json").lines().stream()
                .map(line -> new JsonMapper().readTree(line))
                .toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2).path("message_id").asString()).isEqualTo("msg_3");
        assertThat(lines.get(2).path("has_payload").asBoolean()).isFalse();
        assertThat(lines.get(2).has("payload")).isFalse();
    }

    @Test
    void rejectsWrongUsageAndAMissingDatabase() {
        settings = TestDatabase.SQLITE.fresh();
        assertThat(messages().err()).contains("There is no database at");
        assertThat(messages("--since", "yesterday").err()).contains("2h");
        assertThat(messages("--since", "yesterday").exitCode()).isEqualTo(2);
        assertThat(messages("--limit", "0").exitCode()).isEqualTo(2);
        assertThat(messages("--state", "lost").exitCode()).isEqualTo(2);
        assertThat(messages("msg_1", "--type", "user.*").exitCode()).isEqualTo(2);
        Run help = Run.of(folder, Map.of(), "messages", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(help.out()).contains("Examples:");
    }
}
