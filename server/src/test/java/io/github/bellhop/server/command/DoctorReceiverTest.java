package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.StubReceiver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulates each fault of a receiver and expects a finding that names the cause and the fix. */
@Timeout(300)
class DoctorReceiverTest {
    private static final Map<String, String> NONE = Map.of();

    @TempDir
    Path folder;

    private DoctorRun at(StubReceiver stub, String... more) {
        String[] arguments = Stream.concat(Stream.of("--url", stub.url() + "?token=k33p"), Stream.of(more))
                .toArray(String[]::new);
        return DoctorRun.of(folder, DoctorRun.variables(folder), arguments);
    }

    static Stream<Arguments> unsignedAnswers() {
        return Stream.of(
                Arguments.of(
                        "to www.",
                        308,
                        Map.of("Location", "https://www.example.com/api/webhooks/clerk?x=k33p"),
                        "",
                        List.of(
                                "308",
                                "https://www.example.com/api/webhooks/clerk",
                                "does not follow redirects",
                                "final URL")),
                Arguments.of(
                        "to a sign-in",
                        307,
                        Map.of("Location", "/sign-in?redirect_url=k33p"),
                        "",
                        List.of("307", "/sign-in", "requires a sign-in", "Make the route public")),
                Arguments.of("middleware", 401, NONE, "", List.of("401", "Middleware", "Make the route public")),
                Arguments.of("a firewall", 403, NONE, "", List.of("403", "firewall", "Make the route public")),
                Arguments.of("another path", 404, NONE, "", List.of("404", "path", "tunnel", "/api/webhooks/clerk")),
                Arguments.of(
                        "GET alone",
                        405,
                        NONE,
                        "",
                        List.of("405", "does not accept POST", "Export a handler" + " for POST")),
                Arguments.of("another type", 415, NONE, "", List.of("415", "application/json")),
                Arguments.of("a fault", 500, NONE, "", List.of("500", "the app failed", "log")),
                Arguments.of(
                        "nothing behind", 502, NONE, "", List.of("502", "no answer from the app", "Start the app")),
                Arguments.of(
                        "a page",
                        200,
                        Map.of("Content-Type", "text/html"),
                        "<!doctype html><title>App</title>",
                        List.of("200", "HTML page", "Correct the path")),
                Arguments.of(
                        "no verification",
                        200,
                        NONE,
                        "{\"ok\":true}",
                        List.of("200", "without a signature", "does not verify", "answer 400")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsignedAnswers")
    void explainsWrongAnswers(String name, int status, Map<String, String> headers, String body, List<String> words) {
        try (StubReceiver stub = new StubReceiver().unsigned(status, headers, body)) {
            DoctorRun run = at(stub);
            assertThat(run.the("receiver", "fail")).contains(words);
            assertThat(run.exitCode()).isEqualTo(1);
            // After a 404, the doctor also tries the path with its trailing slash added or removed.
            assertThat(stub.bodies()).hasSize(status == 404 ? 2 : 1).containsOnly("{}");
        }
    }

    @Test
    void findsARouteThatDiffersByATrailingSlash() {
        try (StubReceiver stub = new StubReceiver()) {
            stub.unsigned(404, NONE, "").at(stub.url().getPath() + "/", 400, NONE, "missing headers");
            assertThat(at(stub).the("receiver", "fail"))
                    .contains("answers 404", "/api/webhooks/clerk/ answers 400", "differ by a trailing slash")
                    .endsWith("Enter this URL in the Clerk Dashboard: " + stub.url() + "/");
        }
    }

    @Test
    void suggestsNoSlashIfEveryPathIsRejected() {
        try (StubReceiver stub = new StubReceiver()) {
            stub.unsigned(404, NONE, "").at(stub.url().getPath() + "/", 401, NONE, "");
            assertThat(at(stub).the("receiver", "fail")).contains("nothing at this path");
        }
    }

    static Stream<Arguments> signedAnswers() {
        return Stream.of(
                Arguments.of("no-matching-signature", List.of("another signing secret", "express.raw()")),
                Arguments.of("timestamp-too-old", List.of("clocks", "correct the clock that is wrong")),
                Arguments.of("missing-headers", List.of("svix-id", "Pass these three headers through unchanged")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signedAnswers")
    void explainsWhyASignedDeliveryIsRejected(String reason, List<String> words) {
        try (StubReceiver stub = new StubReceiver().signed(400, NONE, "{\"reason\":\"" + reason + "\"}")) {
            DoctorRun run = at(stub);
            assertThat(run.the("receiver", "ok")).contains("rejects an unsigned delivery");
            assertThat(run.the("receiver", "fail")).contains(reason).contains(words);
        }
    }

    @Test
    void findsNoFaultInAReceiverThatVerifies() {
        try (StubReceiver stub = new StubReceiver()) {
            DoctorRun run = at(stub);
            assertThat(run.levels("receiver")).containsExactly("ok", "ok");
            assertThat(run.levels("clock")).containsExactly("ok");
            assertThat(run.exitCode()).isZero();
            assertThat(stub.bodies()).hasSize(2).last().asString().contains("bellhop.probe");
        }
    }

    @Test
    void reportsAMissingReceiver() {
        assertThat(DoctorRun.of(folder, DoctorRun.variables(folder)).the("receiver", "warn"))
                .contains("No receiver is running", "bellhop serve", "--url");
        DoctorRun given =
                DoctorRun.of(folder, DoctorRun.variables(folder), "--url", "http://127.0.0.1:1/api/webhooks/clerk");
        assertThat(given.the("receiver", "fail")).contains("Nothing listens", "tunnel", "bellhop dev");
        DoctorRun unknown =
                DoctorRun.of(folder, DoctorRun.variables(folder), "--url", "http://no-such-host.invalid/webhooks");
        assertThat(unknown.the("receiver", "fail")).contains("no-such-host.invalid", "DNS");
    }

    @Test
    void recommendsSettingsForAProxyThatItDetects() {
        try (StubReceiver stub = new StubReceiver()) {
            Map<String, String> cloudflare = Map.of("CF-RAY", "8c0ffee-ICN");
            stub.unsigned(400, cloudflare, "{\"reason\":\"missing-headers\"}");
            assertThat(at(stub).the("address", "warn"))
                    .contains("Cloudflare", "BELLHOP_CLIENT_ADDRESS_HEADER=CF-Connecting-IP", "cloudflare.com/ips");
            stub.unsigned(400, Map.of("x-vercel-id", "icn1::1"), "{}");
            assertThat(at(stub).the("address", "warn"))
                    .contains("Vercel", "addresses change", "X-Vercel-Forwarded-For");
            stub.unsigned(400, Map.of("Set-Cookie", "AWSALB=x"), "{}");
            assertThat(at(stub).the("address", "warn")).contains("AWS", "subnets", "X-Forwarded-For");
            stub.unsigned(400, Map.of("Server", "nginx/1.27"), "{}");
            assertThat(at(stub).the("address", "warn")).contains("nginx", "proxy_set_header X-Forwarded-For");
            assertThat(at(stub, "--proxy", "cloudflare").the("address", "warn")).contains("Cloudflare");
        }
    }

    @Test
    void recommendsSettingsForAProxyThatTheReceiverReports() {
        try (StubReceiver stub = new StubReceiver()) {
            stub.signed(200, NONE, """
                    {"result":"probe","allowlist":"observe","socket":"10.1.2.3","address":"10.1.2.3","listed":false,
                     "headers":["CF-Connecting-IP","X-Forwarded-For"]}""");
            assertThat(at(stub).the("address", "warn"))
                    .contains("10.1.2.3", "403 source-not-allowed", "BELLHOP_CLIENT_ADDRESS_HEADER=CF-Connecting-IP")
                    .contains("BELLHOP_TRUSTED_PROXIES to 10.1.2.3");
            stub.signed(200, NONE, """
                    {"result":"probe","allowlist":"enforce","socket":"10.1.2.3","address":null,"listed":false,
                     "headers":["X-Real-IP"]}""");
            assertThat(at(stub).the("address", "fail"))
                    .contains(
                            "cannot determine the sender's address",
                            "10.1.2.3",
                            "BELLHOP_CLIENT_ADDRESS_HEADER=X-Real-IP");
            stub.signed(200, NONE, """
                    {"result":"probe","allowlist":"observe","socket":"10.1.2.3","address":"203.0.113.9",
                     "listed":false,"headers":["X-Forwarded-For"]}""");
            assertThat(at(stub).the("address", "ok")).contains("203.0.113.9", "10.1.2.3");
        }
    }

    /** With a proxy on the same machine, loopback is trusted, and the doctor's call has no proxy headers. */
    @Test
    void skipsTheAddressOfADirectCallFromATrustedAddress() {
        try (StubReceiver stub = new StubReceiver()) {
            stub.signed(200, NONE, """
                    {"result":"probe","allowlist":"observe","socket":"127.0.0.1","address":null,"listed":false,
                     "headers":[]}""");
            Map<String, String> variables = DoctorRun.variables(folder);
            variables.put("BELLHOP_PORT", Integer.toString(stub.url().getPort()));
            assertThat(DoctorRun.of(folder, variables).the("address", "skip")).contains("--url https://your-host");
            assertThat(at(stub).the("address", "fail")).contains("none of the usual ones");
        }
    }

    @Test
    void explainsThatAnEnforcedAllowlistRejectsThisMachine() {
        try (StubReceiver stub = new StubReceiver().unsigned(403, NONE, "{\"reason\":\"source-not-allowed\"}")) {
            assertThat(at(stub).the("receiver", "warn"))
                    .contains("source-not-allowed", "proxy", "the receiver's CLERK_WEBHOOK_SIGNING_SECRET");
        }
    }
}
