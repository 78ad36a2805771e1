package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.server.settings.EnvironmentVariables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TriggerCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void sendsOneEventSignedLikeClerk() throws Exception {
        try (Receiver receiver = new Receiver(200, "{}")) {
            Run run = Run.withSecret("trigger", "user.created", "--to", receiver.url());
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEmpty();
            Receiver.Delivery delivery = receiver.deliveries().get(0);
            Envelope envelope = EnvelopeReader.read(delivery.body());
            assertThat(run.out()).matches("user\\.created {2}" + envelope.entityId() + " {2}200 {2}\\d+ ms {2}ok\\R");
            assertThat(delivery.path()).isEqualTo("/api/webhooks/clerk");
            assertThat(delivery.header("svix-id")).matches("msg_[0-9A-Za-z]{27}");
            long timestamp = Long.parseLong(delivery.header("svix-timestamp"));
            assertThat(timestamp).isCloseTo(Instant.now().getEpochSecond(), within(10));
            assertThat(delivery.header("svix-signature"))
                    .isEqualTo("v1," + hmac(delivery.header("svix-id") + "." + timestamp + ".", delivery.body()));
            assertThat(delivery.header("content-type")).isEqualTo("application/json");
            assertThat(delivery.header("accept")).isEqualTo("*/*");
            assertThat(delivery.header("user-agent"))
                    .startsWith("Svix-Webhooks/")
                    .contains("sender-9YMgn");
        }
    }

    @Test
    void findsTheReceiverByThePortSetting() {
        try (Receiver receiver = new Receiver(200, "")) {
            Run run = Run.of(
                    Path.of("nowhere"),
                    Map.of(
                            EnvironmentVariables.SIGNING_SECRET,
                            Run.SECRET,
                            "BELLHOP_PORT",
                            Integer.toString(receiver.port())),
                    "trigger",
                    "user.deleted");
            assertThat(run.exitCode()).isZero();
            assertThat(receiver.deliveries()).hasSize(1);
        }
    }

    @Test
    void sendsFromTheExpectedInstance() {
        try (Receiver receiver = new Receiver(200, "")) {
            Run.of(
                    Path.of("nowhere"),
                    Map.of(EnvironmentVariables.SIGNING_SECRET, Run.SECRET, "BELLHOP_INSTANCE_ID", "ins_mine"),
                    "trigger",
                    "user.created",
                    "--to",
                    receiver.url());
            assertThat(EnvelopeReader.read(receiver.deliveries().get(0).body()).instanceId())
                    .isEqualTo("ins_mine");
        }
    }

    @Test
    void changesTheEvent() {
        try (Receiver receiver = new Receiver(200, "")) {
            Run run = Run.withSecret(
                    "trigger",
                    "organizationMembership.created",
                    "--to",
                    receiver.url(),
                    "--id=user_1",
                    "--id",
                    "org_1",
                    "--id",
                    "orgmem_1",
                    "--set",
                    "data.role=org:a=b",
                    "--set",
                    "data.public_metadata.desk=@7");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("organizationMembership.created  orgmem_1  200");
            JsonNode data = JSON.readTree(receiver.deliveries().get(0).body()).path("data");
            assertThat(data.at("/public_user_data/user_id").stringValue()).isEqualTo("user_1");
            assertThat(data.at("/organization/id").stringValue()).isEqualTo("org_1");
            assertThat(data.path("role").stringValue()).isEqualTo("org:a=b");
            assertThat(data.at("/public_metadata/desk").stringValue()).isEqualTo("@7");
        }
    }

    @Test
    void printsOneLineOfJsonPerMessage() {
        try (Receiver receiver = new Receiver(400, "{\"reason\":\"no-matching-signature\"}")) {
            Run run = Run.withSecret("trigger", "session.ended", "--json", "--count", "3", "--to", receiver.url());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lines()).hasSize(3);
            for (String line : run.lines()) {
                JsonNode printed = JSON.readTree(line);
                assertThat(printed.propertyNames())
                        .containsExactly("message_id", "type", "entity_id", "status", "latency_ms", "reason");
                assertThat(printed.path("message_id").stringValue()).startsWith("msg_");
                assertThat(printed.path("type").stringValue()).isEqualTo("session.ended");
                assertThat(printed.path("entity_id").stringValue()).startsWith("sess_");
                assertThat(printed.path("status").intValue()).isEqualTo(400);
                assertThat(printed.path("latency_ms").isIntegralNumber()).isTrue();
                assertThat(printed.path("reason").stringValue()).isEqualTo("no-matching-signature");
            }
            assertThat(run.err()).contains("3 messages: 0 delivered, 3 failed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "307, '', a redirect",
        "400, '{\"reason\":\"no-matching-signature\"}', no-matching-signature: the receiver most likely has another secret",
        "400, '{\"reason\":\"timestamp-too-old\"}', timestamp-too-old: the clocks",
        "403, '', rejects the sender",
        "404, Not Found, Not Found: there is no webhook at this path",
        "413, '', larger",
        "500, oops, oops: the receiver failed",
        "503, '{\"reason\":\"store-unavailable\"}', store-unavailable: the receiver cannot store the message now"
    })
    void explainsFailures(int status, String answer, String hint) {
        try (Receiver receiver = new Receiver(status, answer)) {
            Run run = Run.withSecret("trigger", "user.created", "--to", receiver.url());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lines().get(0)).contains("  " + status + "  ").endsWith("failed");
            assertThat(oneLine(run.out())).contains(hint);
            assertFits(run);
        }
    }

    @Test
    void removesControlCharactersFromAnswers() {
        try (Receiver receiver = new Receiver(500, "\u001b[2J\u0007boom\u0000")) {
            Run run = Run.withSecret("trigger", "user.created", "--to", receiver.url());
            assertThat(run.out()).contains("[2J boom").doesNotContain("\u001b", "\u0007", "\u0000");
        }
    }

    @Test
    void reportsThatNothingListens() {
        int gone;
        try (Receiver receiver = new Receiver(200, "")) {
            gone = receiver.port();
        }
        String url = "http://127.0.0.1:" + gone + "/";
        Run run = Run.withSecret("trigger", "user.created", "--to", url);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines().get(0)).contains("  ---  ");
        assertThat(oneLine(run.out()))
                .contains("connection-refused: nothing listens at 127.0.0.1:" + gone
                        + ". Start a receiver with bellhop dev");
        JsonNode printed = JSON.readTree(
                Run.withSecret("trigger", "user.created", "--json", "--to", url).out());
        assertThat(printed.path("status").intValue()).isZero();
        assertThat(printed.path("reason").stringValue()).isEqualTo("connection-refused");
    }

    @Test
    void sendsManyMessagesAboutManyEntities() {
        try (Receiver receiver = new Receiver(200, "")) {
            Run run = Run.withSecret("trigger", "user.created", "--count", "50", "--to", receiver.url());
            assertThat(run.exitCode()).isZero();
            assertThat(receiver.deliveries()).hasSize(50);
            assertThat(entityIds(receiver).distinct()).hasSize(50);
            assertThat(receiver.deliveries().stream()
                            .map(delivery -> delivery.header("svix-id"))
                            .distinct())
                    .hasSize(50);
            assertThat(run.out())
                    .matches("50 messages: 50 delivered, 0 failed; \\d+/s; p50 [0-9.]+ ms, p99 [0-9.]+ ms\\R");
        }
    }

    @Test
    void sendsManyMessagesAboutOneEntity() {
        try (Receiver receiver = new Receiver(202, "")) {
            Run run =
                    Run.withSecret("trigger", "user.updated", "--id", "user_1", "--count", "5", "--to", receiver.url());
            assertThat(run.exitCode()).isZero();
            assertThat(entityIds(receiver)).hasSize(5).containsOnly("user_1");
            assertThat(run.lines()).hasSize(6);
        }
    }

    @Test
    void printsEachKindOfFailureOnce() {
        try (Receiver receiver = new Receiver(503, "")) {
            Run run = Run.withSecret("trigger", "user.created", "--count", "30", "--to", receiver.url());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.lines().stream().filter(line -> line.startsWith("user.created")))
                    .hasSize(1);
            assertThat(run.out())
                    .contains("30 messages: 0 delivered, 30 failed")
                    .contains("  30 x 503");
        }
    }

    @Test
    void keepsToTheRate() {
        try (Receiver receiver = new Receiver(200, "")) {
            long start = System.nanoTime();
            Run run = Run.withSecret("trigger", "user.created", "--count", "6", "--rate", "20", "--to", receiver.url());
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(250_000_000L);
            assertThat(run.exitCode()).isZero();
            assertThat(receiver.deliveries()).hasSize(6);
        }
    }

    private static Stream<String> entityIds(Receiver receiver) {
        return receiver.deliveries().stream()
                .map(delivery ->
                        String.valueOf(EnvelopeReader.read(delivery.body()).entityId()));
    }

    private static Offset<Long> within(long seconds) {
        return Offset.offset(seconds);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static void assertFits(Run run) {
        assertThat(List.of((run.out() + run.err()).split("\\R"))).allMatch(line -> line.length() <= 80);
    }

    private static String hmac(String prefix, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(Run.SECRET.substring(6)), "HmacSHA256"));
        mac.update(prefix.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
