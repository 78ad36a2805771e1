package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.doctor.Doctor;
import io.github.bellhop.server.doctor.Examination;
import io.github.bellhop.server.doctor.Finding;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.testing.StubReceiver;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Simulates every row of the troubleshooting page, and checks that the command in the row reports the cause. */
@Timeout(300)
@SameOnEveryJdk
class TroubleshootingTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");
    private static final Path KOREAN = Path.of("../docs/ko/troubleshooting.md");
    private static final Map<String, String> NONE = Map.of();

    /**
     * The rows that other tests cover, because they need a certificate, a repository, an app, a lock or a real proxy.
     */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "A certificate is refused", "CertificateTest",
            "503 `request-wrapped`", "TestKitTest",
            "Messages stay `waiting` for one user or table", "ForeignLocksTest",
            "The secret is in the repository", "DoctorSecretTest",
            "400 `no-matching-signature`", "DoctorThroughProxyTest",
            "400 `missing-headers` for Clerk's own deliveries", "DoctorThroughProxyTest",
            "A user is mirrored, but the app's handler did nothing", "DoctorBesideServeTest",
            "403 `source-not-allowed`", "DoctorThroughProxyTest");

    @TempDir
    Path folder;

    private interface Stage {
        void set() throws Exception;
    }

    private static List<List<String>> rows(Path page) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            List<String> cells = List.of(line.split("\\s*\\|\\s*", -1));
            if (cells.size() == 6 && !line.startsWith("|---")) {
                rows.add(cells.subList(1, 5));
            }
        }
        return rows.subList(1, rows.size());
    }

    @Test
    void theKoreanPageHasTheSameRows() throws IOException {
        assertThat(rows(KOREAN).stream().map(row -> row.get(2)))
                .containsExactlyElementsOf(
                        rows(PAGE).stream().map(row -> row.get(2)).toList());
    }

    @TestFactory
    Stream<DynamicTest> reportsTheCause() throws IOException {
        Map<String, Stage> stages = stages();
        Set<String> documented = rows(PAGE).stream().map(row -> row.get(0)).collect(Collectors.toSet());
        Set<String> tested = Stream.concat(stages.keySet().stream(), ELSEWHERE.keySet().stream())
                .collect(Collectors.toSet());
        assertThat(tested).isEqualTo(documented);
        return stages.entrySet().stream()
                .map(stage -> DynamicTest.dynamicTest(
                        stage.getKey(), () -> stage.getValue().set()));
    }

    private Map<String, Stage> stages() {
        Map<String, Stage> stages = new LinkedHashMap<>();
        Map<String, String> www = Map.of("Location", "https://www.example.com/hook");
        stages.put("A redirect: 301, 307, 308", () -> unsigned(308, www, "", "https://www.example.com/hook"));
        stages.put("A redirect to a sign-in", () -> unsigned(307, Map.of("Location", "/login"), "", "route public"));
        stages.put("404 with `x-clerk-auth-reason: protect-rewrite`, or a redirect with `handshake` in it", () -> {
            unsigned(404, Map.of("x-clerk-auth-reason", "protect-rewrite, dev-browser-missing"), "", "auth.protect()");
            Map<String, String> handshake = Map.of("Location", "https://x.clerk.accounts.dev/v1/client/handshake?a=b");
            unsigned(307, handshake, "", "auth.protect()");
        });
        stages.put("401 with the cookie `_vercel_sso_nonce`, or a header `x-vercel-error`", () -> {
            Map<String, String> cookie = Map.of("Set-Cookie", "_vercel_sso_nonce=x; Path=/; Secure; HttpOnly");
            unsigned(401, cookie, "", "x-vercel-protection-bypass");
            unsigned(404, Map.of("x-vercel-error", "DEPLOYMENT_NOT_FOUND"), "", "no deployment at this host");
        });
        stages.put("`cf-mitigated: challenge`, `error code: 1020`, 520 to 527 or 530", () -> {
            unsigned(403, Map.of("cf-mitigated", "challenge"), "<!DOCTYPE html>", "WAF custom rule");
            unsigned(403, Map.of("Server", "cloudflare"), "error code: 1020", "WAF custom rule");
            unsigned(521, Map.of("Server", "cloudflare"), "error code: 521", "refuses the connection");
            unsigned(530, Map.of("Server", "cloudflare"), "error code: 1033", "Start cloudflared");
        });
        stages.put(
                "`Ngrok-Error-Code`",
                () -> unsigned(404, Map.of("Ngrok-Error-Code", "ERR_NGROK_3200"), "<!DOCTYPE html>", "Start ngrok"));
        stages.put("403 `Missing Authentication Token`, or a page of AWS", () -> {
            Map<String, String> gateway = Map.of("x-amzn-ErrorType", "MissingAuthenticationTokenException");
            unsigned(403, gateway, "{\"message\":\"Missing Authentication Token\"}", "no route for POST");
            unsigned(503, Map.of("Server", "awselb/2.0"), "", "no target is registered");
        });
        stages.put("401, 403 or a redirect to `/login` from Spring Security, Django, Rails or Laravel", () -> {
            Map<String, String> spring = Map.of(
                    "Cache-Control", "no-cache, no-store, max-age=0, must-revalidate",
                    "Expires", "0",
                    "X-Content-Type-Options", "nosniff");
            unsigned(403, spring, "", "csrf.ignoringRequestMatchers");
            unsigned(419, NONE, "<title>Page Expired</title>", "validateCsrfTokens");
        });
        stages.put("401 or 403", () -> {
            unsigned(401, NONE, "", "route public");
            unsigned(403, NONE, "", "firewall");
        });
        stages.put("404", () -> unsigned(404, NONE, "", "Compare the path"));
        stages.put("404, and the same path with or without a trailing slash answers", () -> {
            try (StubReceiver stub = new StubReceiver().unsigned(404, NONE, "")) {
                stub.at(stub.url().getPath() + "/", 400, NONE, "");
                assertThat(at(stub).the("receiver", "fail")).contains("differ by a trailing slash", stub.url() + "/");
            }
        });
        stages.put("413", () -> {
            String page = "<center><h1>413 Request Entity Too Large</h1></center><hr><center>nginx</center>";
            unsigned(413, Map.of("Server", "nginx"), page, "client_max_body_size");
        });
        stages.put("429", () -> unsigned(429, Map.of("Retry-After", "60"), "", "60 seconds"));
        stages.put("405", () -> unsigned(405, NONE, "", "handler for POST"));
        stages.put("415", () -> unsigned(415, NONE, "", "application/json"));
        stages.put("500", () -> unsigned(500, NONE, "", "parses before it verifies"));
        stages.put("502, 504", () -> {
            unsigned(502, NONE, "", "Start the app");
            unsigned(504, NONE, "", "Start the app");
        });
        stages.put(
                "200, but a page in HTML",
                () -> unsigned(200, Map.of("Content-Type", "text/html; charset=utf-8"), "<p>", "Correct the path"));
        stages.put(
                "200, but nothing arrives, or deliveries from anybody are accepted",
                () -> unsigned(200, NONE, "OK", "Verify before anything else"));
        stages.put("400 `timestamp-too-old`, `timestamp-too-new`", this::clock);
        stages.put("No answer at all", this::nobody);
        stages.put("503 `store-unavailable`", this::databaseAway);
        stages.put("The program does not start", this::noSecret);
        stages.put("A user is missing after the first OAuth sign-in", this::missing);
        stages.put("A member's user or organization has hardly any columns", this::nested);
        stages.put("The Dashboard's test events leave no row", this::foreign);
        stages.put("The same event fails again and again", () -> inbox("attempts = 3", "warn", "23505"));
        stages.put("An event did nothing", () -> inbox("state = 'dead', died_at = 1", "fail", "bellhop dead-letters"));
        stages.put("`getOrFetch` fails with 401", this::keyRefused);
        stages.put(
                "Only some real deliveries are refused with 400",
                () -> captured("{\"a\":1,\"b\":2}", "{\n  \"a\": 1,\n  \"b\": 2\n}", "svix-id", "pretty-printed"));
        stages.put("A captured body is empty, truncated or wrapped, or letters are missing", () -> {
            captured("{\"a\":1}", "", "svix-id", "body-empty");
            captured("{\"a\":1}", "{\"a\"", "svix-id", "body-cut");
            captured("{\"a\":1}", "payload=%7B%22a%22%3A1%7D", "svix-id", "body-form-encoded");
            captured("{\"a\":\"\u00fc\"}", "{\"a\":\"\uFFFD\"}", "svix-id", "body-replaced-letters");
        });
        stages.put(
                "It is not clear what a delivery contains",
                () -> captured("{\"a\":1}", "{\"a\":1}", "x-id", "svix-id"));
        return stages;
    }

    private Map<String, String> variables() {
        return DoctorRun.variables(folder);
    }

    private DoctorRun at(StubReceiver stub) {
        return DoctorRun.of(folder, variables(), "--url", stub.url().toString());
    }

    private void unsigned(int status, Map<String, String> headers, String body, String words) {
        try (StubReceiver stub = new StubReceiver().unsigned(status, headers, body)) {
            assertThat(at(stub).the("receiver", "fail")).contains(String.valueOf(status), words);
        }
    }

    private void clock() throws InterruptedException {
        ProgramEnvironment environment = new ProgramEnvironment() {
            @Override
            public @Nullable String get(String name) {
                return variables().get(name);
            }

            @Override
            public Path workingDirectory() {
                return folder;
            }
        };
        try (StubReceiver stub = new StubReceiver().signed(400, NONE, "{\"reason\":\"timestamp-too-new\"}")) {
            List<Doctor.Result> findings = Doctor.examine(new Examination(
                    environment, stub.url(), null, () -> Instant.now().plus(Duration.ofMinutes(6))));
            assertThat(findings)
                    .filteredOn(result -> result.finding().level() == Finding.Level.FAIL)
                    .extracting(Doctor.Result::check)
                    .containsExactly("clock", "receiver");
        }
    }

    private void nobody() {
        StubReceiver gone = new StubReceiver();
        gone.close();
        assertThat(at(gone).the("receiver", "fail")).contains("Nothing listens", "bellhop dev");
    }

    private void databaseAway() {
        Map<String, String> variables = variables();
        variables.put("BELLHOP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/app");
        assertThat(DoctorRun.of(folder, variables).the("database", "fail")).contains("store-unavailable");
    }

    private void noSecret() {
        Map<String, String> variables = variables();
        variables.put(EnvironmentVariables.SIGNING_SECRET, "sk_live_k33pk33pk33p");
        assertThat(DoctorRun.of(folder, variables).the("secret", "fail")).contains("API keys", "Signing Secret");
    }

    private DoctorRun of(DatabaseSettings database, String... arguments) {
        Map<String, String> variables = variables();
        variables.put("BELLHOP_DATABASE_URL", database.url());
        return DoctorRun.of(folder, variables, arguments);
    }

    private void missing() {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        TestDatabase.open(settings).close();
        assertThat(of(settings, "user_m1").the("entity", "fail"))
                .contains("no message about it", "resend", "getOrFetch");
    }

    private void nested() throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), same -> same, Handlers.none())) {
            bench.receive(Json.of(
                    "{'type':'organizationMembership.created','timestamp':1700000000000,'data':{'id':'orgmem_1',"
                            + "'object':'organization_membership','updated_at':1700000000000,"
                            + "'organization':{'id':'org_n1','object':'organization','name':'Acme',"
                            + "'updated_at':1700000000000},'public_user_data':{'user_id':'user_1'}}}"));
            assertThat(of(settings, "org_n1").the("entity", "warn")).contains("other entities' events", "Recover");
        }
    }

    private void foreign() throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (SyncBench bench = new SyncBench(
                TestDatabase.open(settings),
                some -> some.toBuilder().expectedInstanceId("ins_ours").build(),
                Handlers.none())) {
            bench.receive(Json.of(
                    "{'type':'user.created','instance_id':'ins_test','data':{'id':'user_f1','object':'user'}}"));
            assertThat(of(settings, "user_f1").the("entity", "fail"))
                    .contains("foreign-instance", "BELLHOP_INSTANCE_ID");
        }
    }

    private void inbox(String change, String level, String words) throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        try (SyncBench bench = new SyncBench(TestDatabase.open(settings), same -> same, Handlers.none())) {
            bench.receive(Json.of("{'type':'user.created','data':{'id':'user_i1','object':'user'}}"));
            bench.clock.advance(Duration.ofDays(1));
            Rows.execute(bench.database(), "update bellhop_inbox set next_attempt_at = 9000000000000, " + change);
            long now = Instant.now().toEpochMilli();
            Rows.execute(bench.database(), "update bellhop_inbox set received_at = " + now);
            assertThat(of(settings).the("messages", level)).contains(words);
        }
    }

    private void keyRefused() throws IOException {
        try (ClerkSimulator clerk = ClerkSimulator.start()) {
            Files.writeString(
                    folder.resolve("bellhop.yaml"), "bellhop:\n  backend-api:\n    url: " + clerk.url() + "\n");
            Map<String, String> variables = variables();
            variables.put("CLERK_SECRET_KEY", DoctorRun.API_KEY);
            assertThat(DoctorRun.of(folder, variables).the("backend-api", "fail"))
                    .contains("401", "Secret Key");
        }
    }

    /** Verifies a captured delivery that was signed with one body but contains another. */
    private void captured(String signed, String body, String idHeader, String words) throws IOException {
        long now = Instant.now().getEpochSecond();
        String signature = MessageSigner.with(SigningSecret.parse(Run.SECRET))
                .sign("msg_c1", now, signed.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("headers.txt"),
                idHeader + ": msg_c1\nsvix-timestamp: " + now + "\nsvix-signature: " + signature + "\n");
        Files.writeString(folder.resolve("body.json"), body);
        Run run = Run.of(folder, variables(), "verify", "--headers", "headers.txt", "--body", "body.json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " ")).startsWith("not valid").contains(words);
    }
}
