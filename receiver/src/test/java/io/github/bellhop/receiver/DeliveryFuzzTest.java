package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sends random requests. The receiver answers each with one of its own statuses, or the container rejects it as invalid
 * HTTP.
 */
class DeliveryFuzzTest {
    private static final int REQUESTS = 2_500;
    private static final Set<Integer> OWN = Set.of(200, 400, 404, 405, 408, 413, 415);
    /**
     * The container's statuses for invalid HTTP, large headers, and an unknown expectation, transfer coding or version.
     */
    private static final Set<Integer> CONTAINERS = Set.of(400, 417, 431, 501, 505);

    private static final String[] ODD_VALUES = {
        "",
        " ",
        ",",
        "0",
        "-1",
        "null",
        "99999999999999999999",
        "\u0000",
        "\u00ff\u00fe",
        "v1,",
        "v1,AAAA",
        "v1,AAAA v1a,AAAA",
        "%00",
        "\t",
        "chunked",
        "identity",
        "gzip",
        "close",
        "100-continue",
        "application/json;;;",
        "x".repeat(3000)
    };
    private static final String[] ODD_HEADERS = {
        "Expect",
        "Connection",
        "Transfer-Encoding",
        "Content-Encoding",
        "X-Forwarded-For",
        "svix-id",
        "webhook-id",
        "Upgrade",
        "Range",
        "Content-Length",
        "Host"
    };

    private static TestReceiver receiver;

    /** A request. A change of the head may end the request early or make the container close the connection at once. */
    private record Request(String id, byte[] bytes, boolean wholeBody, boolean ownHead) {}

    @BeforeAll
    static void start() throws LifecycleException {
        receiver = TestReceiver.start(TestReceiver.settings(Duration.ofMillis(400), Duration.ofMillis(800)));
    }

    @AfterAll
    static void stop() throws LifecycleException {
        receiver.close();
    }

    @Test
    void answersEveryRequest() throws Exception {
        long seed = Long.getLong("bellhop.fuzz.seed", System.nanoTime());
        for (int i = 0; i < REQUESTS; i++) {
            Random random = new Random(seed + i);
            Request request = request(random);
            try {
                check(random, request);
            } catch (AssertionError | IOException failed) {
                throw new AssertionError(
                        "-Dbellhop.fuzz.seed=" + (seed + i) + " failed:\n" + new String(request.bytes(), ISO_8859_1),
                        failed);
            }
        }
        Eventually.holds(
                () -> assertThat(receiver.budgetUsed()).as("seed " + seed).isZero());
        assertThat(receiver.send(SignedDelivery.valid()).status()).isEqualTo(200);
    }

    private static void check(Random random, Request request) throws IOException {
        receiver.intake().messages().clear();
        try (Connection connection = receiver.connect()) {
            sendInPieces(random, connection, request.bytes());
            if (!request.wholeBody()) {
                connection.endSending();
            }
            Answer answer = connection.read();
            while (answer.status() == 100) {
                answer = connection.read();
            }
            if (answer.reason().isEmpty() && answer.status() != 200) {
                assertThat(answer.status()).isIn(CONTAINERS);
            } else {
                assertThat(answer.status()).isIn(OWN);
            }
            assertThat(receiver.intake().ids().contains(request.id())).isEqualTo(answer.status() == 200);
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError("no answer", hangs);
        } catch (IOException closed) {
            // An answer may be missing only if the head is changed or the end of the body is unknown.
            assertThat(request.wholeBody() && request.ownHead())
                    .as(closed.toString())
                    .isFalse();
        }
    }

    private static void sendInPieces(Random random, Connection connection, byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            int to = random.nextInt(4) == 0 ? from + 1 + random.nextInt(bytes.length - from) : bytes.length;
            connection.send(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
    }

    private static Request request(Random random) {
        SignedDelivery delivery = SignedDelivery.valid();
        if (random.nextInt(3) > 0) {
            delivery.body(mutated(random, delivery.body()));
        }
        if (random.nextInt(4) == 0) {
            delivery.secondsFromNow(random.nextInt(2000) - 1000);
        }
        if (random.nextInt(6) == 0) {
            delivery.unbranded();
        }
        boolean chunked = random.nextInt(3) == 0;
        boolean whole = true;
        byte[] body = delivery.body();
        if (chunked) {
            delivery.chunked();
            whole = random.nextInt(4) > 0;
            body = whole ? chunks(random, body) : mutated(random, chunks(random, body));
        } else if (random.nextInt(20) == 0) {
            whole = false;
            delivery.declaring(random.nextInt(200));
        }
        List<String> lines = new ArrayList<>(List.of(new String(delivery.head(), ISO_8859_1).split("\r\n")));
        int changesOfHead = random.nextInt(3);
        for (int changes = changesOfHead; changes > 0; changes--) {
            whole &= changeHead(random, lines);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return new Request(delivery.id(), bytes.toByteArray(), whole, changesOfHead == 0);
    }

    /** Changes a line of the head; returns false if the end of the body is no longer certain. */
    private static boolean changeHead(Random random, List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        boolean framing = line.startsWith("Content-Length") || line.startsWith("Transfer-Encoding");
        switch (random.nextInt(5)) {
            case 0 -> {
                String name = ODD_HEADERS[random.nextInt(ODD_HEADERS.length)];
                lines.add(name + ": " + ODD_VALUES[random.nextInt(ODD_VALUES.length)]);
                return !name.equals("Content-Length") && !name.equals("Transfer-Encoding");
            }
            case 1 -> lines.add(line);
            case 2 -> lines.set(at, new String(mutated(random, line.getBytes(ISO_8859_1)), ISO_8859_1));
            case 3 -> {
                int colon = line.indexOf(": ");
                lines.set(
                        at,
                        line.substring(0, Math.max(colon, 0)) + ": " + ODD_VALUES[random.nextInt(ODD_VALUES.length)]);
            }
            default -> lines.remove(at);
        }
        return !framing && at > 0 && !lines.isEmpty();
    }

    private static byte[] chunks(Random random, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; ) {
            int length = 1 + random.nextInt(body.length - from);
            String extension = random.nextInt(5) == 0 ? ";name=value" : "";
            bytes.writeBytes((Integer.toHexString(length) + extension + "\r\n").getBytes(ISO_8859_1));
            bytes.write(body, from, length);
            bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
            from += length;
        }
        String trailer = random.nextInt(5) == 0 ? "svix-id: msg_trailer\r\n" : "";
        bytes.writeBytes(("0\r\n" + trailer + "\r\n").getBytes(ISO_8859_1));
        return bytes.toByteArray();
    }

    private static byte[] mutated(Random random, byte[] original) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
                    System.arraycopy(bytes, at, longer, longer.length - (bytes.length - at), bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
