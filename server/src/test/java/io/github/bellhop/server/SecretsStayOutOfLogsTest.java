package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.Repetitions;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.event.EventType;
import io.github.bellhop.server.settings.ServerSettings.LogFormat;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.MarkedPayload;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that no secret and no payload is printed, even after failures and with all loggers at their finest level. */
@SameOnEveryJdk
class SecretsStayOutOfLogsTest {
    private static final String SECRET = ProgramProcess.SECRET;
    private static final String OTHER_SECRET = "whsec_YW5vdGhlciBzZWNyZXQsIG5vdCB0aGUgc2VydmVycw==";
    private static final String CONSOLE_PASSWORD = "console-password-71c02f";
    private static final String LISTEN_TOKEN = "listen-token-c2a61f90d7";
    private static final String RELAY_TOKEN = "c_Ab3dE6gH9j";
    private static final String DATABASE_PASSWORD = "database-password-4be19a";

    private static final List<String> FINEST_LOGGING = List.of(
            "-Ddebug=true",
            "-Dtrace=true",
            "-Dlogging.level.root=TRACE",
            "-Dlogging.level.io.github.bellhop=TRACE",
            "-Dlogging.level.org.apache=TRACE",
            "-Dlogging.level.org.postgresql=TRACE",
            "-Dlogging.level.org.sqlite=TRACE",
            "-Dlogging.level.org.springframework=TRACE",
            "-Dlogging.level.org.flywaydb=TRACE",
            "-Dlogging.level.com.zaxxer.hikari=TRACE");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
    private final List<String> forbidden = new ArrayList<>(List.of(
            MarkedPayload.MARKER,
            SECRET.substring("whsec_".length()),
            OTHER_SECRET.substring("whsec_".length()),
            CONSOLE_PASSWORD,
            LISTEN_TOKEN,
            RELAY_TOKEN,
            DATABASE_PASSWORD));

    @TempDir
    Path folder;

    /** All combinations in a long run; otherwise each database and each format once. */
    static List<Arguments> combinations() {
        List<Arguments> all = List.of(
                Arguments.of(TestDatabase.SQLITE, LogFormat.JSON),
                Arguments.of(TestDatabase.POSTGRESQL, LogFormat.TEXT),
                Arguments.of(TestDatabase.SQLITE, LogFormat.TEXT),
                Arguments.of(TestDatabase.POSTGRESQL, LogFormat.JSON));
        return all.subList(0, Repetitions.isLong() ? 4 : 2);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void printsNeitherSecretsNorPayloads(TestDatabase kind, LogFormat format) throws Exception {
        DatabaseSettings settings = kind.fresh();
        int consolePort = ProgramProcess.freePort();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("BELLHOP_DATABASE_URL", settings.url());
        if (settings.user() != null) {
            environment.put("BELLHOP_DATABASE_URL", settings.url() + "?password=" + DATABASE_PASSWORD);
            environment.put("BELLHOP_DATABASE_USER", settings.user());
            environment.put("BELLHOP_DATABASE_PASSWORD", DATABASE_PASSWORD);
        }
        environment.put("BELLHOP_LOG_FORMAT", format.word());
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(consolePort));
        environment.put("BELLHOP_CONSOLE_PASSWORD", CONSOLE_PASSWORD);
        environment.put("BELLHOP_LISTEN_TOKEN", LISTEN_TOKEN);
        environment.put("BELLHOP_LISTEN_RELAY", "open");
        try (ProgramProcess program = ProgramProcess.start(folder, environment, FINEST_LOGGING, "serve")) {
            program.awaitReady();
            for (EventType type : EventType.values()) {
                assertThat(deliver(program, payload(type), SECRET))
                        .as(type.wireName())
                        .isEqualTo(200);
            }
            sendInvalidDeliveries(program);
            listen(consolePort);
            relay(consolePort);
            for (int port : new int[] {program.webhook().getPort(), consolePort}) {
                sendMisplacedSecrets(port);
            }
            failToMirror(program, kind, Databases.unpooled(settings));
            program.terminate();
            program.exitCode();
            String output = program.output();
            // Proves that the fine log levels and the rejections appear in the output.
            assertThat(output.lines())
                    .anyMatch(line -> line.contains("bellhop") && line.matches(".*\\b(TRACE|DEBUG)\\b.*"))
                    .anyMatch(line -> line.contains("refused with 400"));
            for (String text : forbidden) {
                assertThat(output.contains(text)).as(text).isFalse();
            }
        }
    }

    /** Reads the feed until it contains a payload. */
    private void listen(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/listen?back=600"))
                .header("Authorization", "Bearer " + LISTEN_TOKEN)
                .build();
        try (InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            assertThat(lines.lines()
                            .filter(line -> line.contains("body_base64"))
                            .findFirst())
                    .isPresent();
        }
    }

    private void relay(int port) throws Exception {
        CompletableFuture<String> event = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/listen/"), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                        from.request(1);
                        text.append(part);
                        if (last && text.indexOf("\"event\"") >= 0) {
                            event.complete(text.toString());
                        }
                        return null;
                    }
                })
                .get(120, TimeUnit.SECONDS);
        socket.sendText("{\"type\":\"start\",\"version\":1,\"data\":{\"token\":\"" + RELAY_TOKEN + "\"}}", true)
                .join();
        HttpRequest delivery = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/in/" + RELAY_TOKEN + "/"))
                .POST(BodyPublishers.ofByteArray(payload(EventType.USER_CREATED)))
                .build();
        // The relay answers 503 until it has processed the start frame.
        CompletableFuture<Integer> status = new CompletableFuture<>();
        for (int code = 503; code == 503; ) {
            status = http.sendAsync(delivery, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
            code = CompletableFuture.anyOf(status, event.thenApply(text -> 0))
                    .thenApply(Integer.class::cast)
                    .get(120, TimeUnit.SECONDS);
        }
        assertThat(event.get(120, TimeUnit.SECONDS)).contains("\"event\"");
        socket.abort();
        assertThat(status.get(120, TimeUnit.SECONDS)).isEqualTo(502);
    }

    private byte[] payload(EventType type) {
        return MarkedPayload.of(fixtures.event(type).payload());
    }

    private int deliver(ProgramProcess program, byte[] body, String secret) throws Exception {
        String id = fixtures.messageId();
        long timestamp = System.currentTimeMillis() / 1000;
        String signature = MessageSigner.with(SigningSecret.parse(secret)).sign(id, timestamp, body);
        forbidden.add(signature.substring("v1,".length()));
        HttpRequest request = HttpRequest.newBuilder(program.webhook())
                .header("Content-Type", "application/json")
                .header("svix-id", id)
                .header("svix-timestamp", Long.toString(timestamp))
                .header("svix-signature", signature)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private void sendInvalidDeliveries(ProgramProcess program) throws Exception {
        byte[] good = payload(EventType.values()[0]);
        assertThat(deliver(program, good, OTHER_SECRET)).isEqualTo(400);
        for (String bad : List.of("{\"data\": \"%s", "[\"%s\"]", "{\"%1$s\": %1$s}", "\uFEFF{\"a\":\"%s\"}")) {
            assertThat(deliver(program, bad.formatted(MarkedPayload.MARKER).getBytes(StandardCharsets.UTF_8), SECRET))
                    .isEqualTo(400);
        }
        String poison = new String(good, StandardCharsets.UTF_8)
                .replaceFirst("\"created_at\":\\s*\\d+", "\"created_at\": 9e99999")
                .replaceFirst("\"" + "last_name\":\\s*\"", "$0\\\\u0000\\\\ud800");
        assertThat(deliver(program, poison.getBytes(StandardCharsets.UTF_8), SECRET))
                .isEqualTo(200);
    }

    /** Sends secrets in queries, headers, paths, and malformed request lines, headers and chunks. */
    private static void sendMisplacedSecrets(int port) throws IOException {
        String start = "POST /api/webhooks/clerk HTTP/1.1\r\nHost: localhost\r\n";
        String json = "Content-Type: application/json\r\n";
        for (String request : List.of(
                "GET /metrics?secret=" + SECRET + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /" + SECRET + "/{|} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%00" + SECRET + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                SECRET + "\r\n\r\n",
                start + json + "X-Secret: " + SECRET + "\r\nContent-Length: 0\r\n\r\n",
                start + json + "Authorization: Bearer " + SECRET + "\r\nContent-Length: 0\r\n\r\n",
                start + json + "svix-id: " + SECRET + "\r\nsvix-timestamp: " + SECRET + "\r\nsvix-signature: " + SECRET
                        + "\r\nContent-Length: 0\r\n\r\n",
                start + json + "Cookie: a=" + SECRET + "; " + SECRET + "\r\nContent-Length: 0\r\n\r\n",
                start + json + SECRET + "\u0001: bad\r\n\r\n",
                start + "Content-Type: " + SECRET + "\r\nContent-Length: " + SECRET + "\r\n\r\n",
                start + "Host: " + SECRET + ":port\r\n\r\n",
                start + json + "Transfer-Encoding: " + SECRET + "\r\n\r\n",
                start + json + "Transfer-Encoding: chunked\r\n\r\n" + SECRET + "\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().read(new byte[4096]);
            }
        }
        Http.status(URI.create("http://127.0.0.1:" + port + "/metrics?token=" + SECRET));
        String wrong = Base64.getEncoder().encodeToString(("bellhop:" + SECRET).getBytes(StandardCharsets.US_ASCII));
        Http.get(URI.create("http://127.0.0.1:" + port + "/metrics"), "Authorization", "Basic " + wrong);
    }

    /** Makes the table reject rows with an error message that quotes them. */
    private void failToMirror(ProgramProcess program, TestDatabase kind, Database database) throws Exception {
        Rows.execute(
                database,
                kind == TestDatabase.SQLITE
                        ? "create trigger poison before insert on clerk_users begin"
                                + " select raise(abort, 'no ' || new.first_name); end"
                        : "alter table clerk_users add constraint poison check (false) not valid");
        assertThat(deliver(program, payload(EventType.USER_CREATED), SECRET)).isEqualTo(200);
        program.await(
                "the worker failed",
                () -> program.output().contains("could not be mirrored")
                        && program.output().contains("attempt 2 of"));
    }
}
