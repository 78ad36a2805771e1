package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.testing.CuttableProxy;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is gone, and a thousand senders come at once, each with a body of the greatest size. */
class BoundedMemoryTest {
    private static final int SENDERS = 1_000;

    @TempDir
    Path folder;

    @Test
    void refusesWhatItCannotHoldAndLivesOn() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        int databasePort =
                URI.create(settings.url().substring("jdbc:".length())).getPort();
        try (CuttableProxy proxy = new CuttableProxy(databasePort)) {
            Map<String, String> environment = Map.of(
                    "BELLHOP_DATABASE_URL", settings.url().replace(":" + databasePort + "/", ":" + proxy.port() + "/"),
                    "BELLHOP_DATABASE_USER", String.valueOf(settings.user()),
                    "BELLHOP_DATABASE_PASSWORD", String.valueOf(settings.password()));
            // The later option counts: less than a fifth of what the senders have to say.
            try (ProgramProcess program = ProgramProcess.start(folder, environment, List.of("-Xmx192m"), "serve")) {
                program.awaitReady();
                proxy.cut();
                Map<String, Integer> answers = sendAll(program);
                assertThat(answers.keySet()).isSubsetOf("503", "closed");
                assertThat(answers.get("503")).isGreaterThan(SENDERS / 2);
                assertThat(program.output()).doesNotContain("OutOfMemory");
                assertThat(Http.status(program.url("/health/live"))).isEqualTo(200);

                proxy.join();
                OutgoingMessage message = OutgoingMessage.of(
                        "msg_after",
                        Fixtures.of(InstantSource.system(), new Random()).event("user.created"));
                program.await(
                        "messages are kept again", () -> program.send(message).status() == 200);
                assertThat(Http.get(program.url("/health/ready")).statusCode()).isEqualTo(200);
            }
        }
    }

    private static Map<String, Integer> sendAll(ProgramProcess program) throws InterruptedException {
        byte[] body = ("{\"type\":\"user.created\",\"data\":{\"id\":\"user_1\",\"first_name\":\""
                        + "x".repeat(1024 * 1024 - 100) + "\"}}")
                .getBytes(StandardCharsets.US_ASCII);
        MessageSigner signer = MessageSigner.with(SigningSecret.parse(ProgramProcess.SECRET));
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        CountDownLatch connected = new CountDownLatch(SENDERS);
        List<Thread> threads = new ArrayList<>();
        int port = program.webhook().getPort();
        for (int i = 0; i < SENDERS; i++) {
            String id = "msg_" + i;
            Thread thread = new Thread(
                    null,
                    () -> answers.merge(send(port, id, signer, body, connected), 1, Integer::sum),
                    id,
                    128 * 1024);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    private static String send(int port, String id, MessageSigner signer, byte[] body, CountDownLatch connected) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            long now = System.currentTimeMillis() / 1000;
            String head = "POST /api/webhooks/clerk HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "svix-id: " + id + "\r\nsvix-timestamp: " + now + "\r\nsvix-signature: "
                    + signer.sign(id, now, body) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            connected.countDown();
            connected.await();
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            byte[] answer = socket.getInputStream().readNBytes(12);
            return answer.length < 12 ? "closed" : new String(answer, StandardCharsets.US_ASCII).substring(9);
        } catch (IOException closed) {
            connected.countDown();
            return "closed";
        } catch (InterruptedException stopped) {
            return "stopped";
        }
    }
}
