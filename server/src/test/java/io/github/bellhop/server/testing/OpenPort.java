package io.github.bellhop.server.testing;

import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.server.serve.PublicPort;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.tomcat.util.modeler.Registry;
import org.jspecify.annotations.Nullable;

/** The program's public port in this process, over an intake that keeps nothing. */
public final class OpenPort implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 4_000;
    private static final MessageSigner SIGNER = MessageSigner.with(SigningSecret.parse(ProgramProcess.SECRET));

    static {
        // Several in one process would register under one name.
        Registry.disableRegistry();
    }

    private final PublicPort port;
    private final int number;
    private int sent;

    /**
     * Opens it.
     *
     * @param connections how many may be open at once
     */
    public OpenPort(int connections) {
        CheckedSettings settings = CheckedSettings.of(SettingsLoader.load(
                new Nothing(),
                Map.of(
                        "bellhop.signing-secret",
                        ProgramProcess.SECRET,
                        "bellhop.port",
                        0,
                        "bellhop.address",
                        "127.0.0.1",
                        "bellhop.limits.connections",
                        connections),
                Map.of()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Kept kept = new Kept();
        WebhookServlet servlet = new WebhookServlet(
                settings.all().path(),
                kept,
                SignatureVerifier.of(settings.secrets()),
                SourceGate.open(registry),
                settings.receiver(),
                registry);
        port = new PublicPort(settings, servlet, kept::isReady);
        number = port.open();
    }

    private record Nothing() implements ProgramEnvironment {
        @Override
        public @Nullable String get(String name) {
            return null;
        }

        @Override
        public Path workingDirectory() {
            return Path.of("nowhere");
        }
    }

    private static final class Kept implements Intake {
        @Override
        public void submit(IncomingMessage message, Consumer<Receipt> answer) {
            answer.accept(Receipt.KEPT);
        }

        @Override
        public boolean isReady() {
            return true;
        }
    }

    public int number() {
        return number;
    }

    /** A connection to it from an address of this machine; reading from it ends after some seconds. */
    public Socket connect(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), number, InetAddress.getByName(from), 0);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sends text on a connection of its own, and reads until that is closed. */
    public String exchange(String request) throws IOException {
        try (Socket socket = connect("127.0.0.1")) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Sends a signed delivery on a connection of its own; the status line of its answer. */
    public String deliver(String from) throws IOException {
        String body = "{\"type\":\"user.created\",\"data\":{\"id\":\"user_1\"}}";
        long now = System.currentTimeMillis() / 1000;
        String id = "msg_" + ++sent;
        String signature = SIGNER.sign(id, now, body.getBytes(StandardCharsets.UTF_8));
        String request = "POST /api/webhooks/clerk HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\nsvix-id: " + id + "\r\nsvix-timestamp: " + now
                + "\r\nsvix-signature: " + signature + "\r\n\r\n" + body;
        try (Socket socket = connect(from)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[15];
            int read = socket.getInputStream().readNBytes(answer, 0, answer.length);
            return new String(answer, 0, read, StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
