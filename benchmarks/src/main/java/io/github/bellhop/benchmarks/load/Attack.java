package io.github.bellhop.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection that misuses the public port, and reconnects whenever it is closed. Ends when its thread is
 * interrupted and the connection is closed.
 */
final class Attack implements Runnable {
    private static final String HEAD = String.join(
            "\r\n", "POST /api/webhooks/clerk HTTP/1.1", "Host: localhost", "Content-Type: application/json", "");
    private static final String SIGNATURE = String.join(
            "\r\n",
            "svix-id: msg_stranger",
            "svix-timestamp: %d",
            "svix-signature: v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "");
    /** The pause before reconnecting. A flood of new connections would be a different attack. */
    private static final long RECONNECT_DELAY_MILLIS = 100;

    private final int port;
    private final Way way;
    private volatile Socket socket = new Socket();

    /** Uses a connection until it breaks. */
    private interface Way {
        void use(Socket socket) throws IOException, InterruptedException;
    }

    private Attack(int port, Way way) {
        this.port = port;
        this.way = way;
    }

    /** Pipelines requests without reading the answers. */
    static List<Attack> pipelining(int port, int connections) {
        byte[] requests = ascii("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500));
        return attacks(port, connections, socket -> {
            while (true) {
                socket.getOutputStream().write(requests);
            }
        });
    }

    /** Sends headers one byte at a time. */
    static List<Attack> slowHeaders(int port, int connections) {
        return attacks(port, connections, socket -> {
            for (byte sign : ascii(HEAD)) {
                socket.getOutputStream().write(sign);
                TimeUnit.SECONDS.sleep(8);
            }
        });
    }

    /** Sends deliveries with an invalid signature, as fast as they are answered. */
    static List<Attack> unsigned(int port, int connections) {
        byte[] body = ascii("{\"type\":\"user.created\",\"data\":{\"id\":\"user_stranger\",\"text\":\""
                + "x".repeat(2000) + "\"}}");
        return attacks(port, connections, socket -> {
            byte[] answer = new byte[4096];
            InputStream in = socket.getInputStream();
            while (true) {
                socket.getOutputStream().write(ascii(head(body.length)));
                socket.getOutputStream().write(body);
                if (in.read(answer) < 0) {
                    return;
                }
            }
        });
    }

    /** Sends bodies at one byte per second. */
    static List<Attack> slowBodies(int port, int connections) {
        return attacks(port, connections, socket -> {
            socket.getOutputStream().write(ascii(head(1000)));
            for (int i = 0; i < 1000; i++) {
                socket.getOutputStream().write('x');
                TimeUnit.SECONDS.sleep(1);
            }
        });
    }

    private static String head(int length) {
        return HEAD + SIGNATURE.formatted(System.currentTimeMillis() / 1000) + "Content-Length: " + length + "\r\n\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<Attack> attacks(int port, int connections, Way way) {
        List<Attack> attacks = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            attacks.add(new Attack(port, way));
        }
        return attacks;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                useOne();
                TimeUnit.MILLISECONDS.sleep(RECONNECT_DELAY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void useOne() throws InterruptedException {
        try (Socket opened = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket = opened;
            way.use(opened);
        } catch (IOException closed) {
            // The server may close an attacker's connection.
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The server closed the connection.
        }
    }
}
