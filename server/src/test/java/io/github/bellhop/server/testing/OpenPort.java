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

/** The program's public port in this process, with an intake that stores nothing. */
public final class OpenPort implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 4_000;
    private static final MessageSigner SIGNER = MessageSigner.with(SigningSecret.parse(ProgramProcess.SECRET));

    static {
        // Several ports in one process would register MBeans under the same name.
        Registry.disableRegistry();
    }

    private final PublicPort port;
    private final int number;
    private int sent;

    /**
     * Opens the port.
     *
     * @param connections the maximum number of open connections
     */
    public OpenPort(int connections) {
        CheckedSettings settings = CheckedSettings.of(SettingsLoader.load(
                new EmptyEnvironment(),
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

    private record EmptyEnvironment() implements ProgramEnvironment {
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

    /** Connects from an address of this machine; reads time out after a few seconds. */
    public Socket connect(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), number, InetAddress.getByName(from), 0);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Sends text on a new connection and reads until the connection is closed. */
    public String exchange(String request) throws IOException {
        try (Socket socket = connect("127.0.0.1")) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Sends a signed delivery on a new connection and returns the status line of the answer. */
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
