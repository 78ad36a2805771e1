package io.github.bellhop.server.command;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A fake of Svix's relay that serves one WebSocket at a time. Tests send individual frames, so that they can use every
 * kind of frame in RFC 6455.
 */
final class OfficialRelay implements AutoCloseable {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private Socket socket;
    private DataInputStream in;
    private OutputStream out;

    OfficialRelay() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(60_000);
    }

    String url() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/api/v1/listen/";
    }

    /** Accepts the next connection, answers its handshake and returns the request. */
    String accept() throws IOException, GeneralSecurityException {
        socket = server.accept();
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readUnsignedByte());
        }
        String key = request.toString().replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
        String accept = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return request.toString();
    }

    void send(String text) throws IOException {
        send(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(boolean last, int kind, byte[] bytes) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(10);
        head.put((byte) ((last ? 0x80 : 0) | kind));
        if (bytes.length < 126) {
            head.put((byte) bytes.length);
        } else if (bytes.length < 65_536) {
            head.put((byte) 126).putShort((short) bytes.length);
        } else {
            head.put((byte) 127).putLong(bytes.length);
        }
        out.write(head.array(), 0, head.position());
        out.write(bytes);
        out.flush();
    }

    /** Returns the next complete message, skipping the client's pings. */
    String receive() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int first = in.readUnsignedByte();
            byte[] bytes = payload();
            int kind = first & 0x0F;
            if (kind == CONTINUATION || kind == TEXT || kind == BINARY) {
                text.append(new String(bytes, StandardCharsets.UTF_8));
                if ((first & 0x80) != 0) {
                    return text.toString();
                }
            } else if (kind == PONG) {
                return "pong " + new String(bytes, StandardCharsets.UTF_8);
            } else if (kind == CLOSE) {
                return "closed";
            }
        }
    }

    private byte[] payload() throws IOException {
        long length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] bytes = in.readNBytes((int) length);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i % 4];
        }
        return bytes;
    }

    /** Closes the connection as Svix's relay does if another client uses the token. */
    void closeAsInUse() throws IOException {
        byte[] reason = "This socket is already in use".getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame =
                ByteBuffer.allocate(2 + reason.length).putShort((short) 1008).put(reason);
        send(true, CLOSE, frame.array());
    }

    /** Drops the connection without a close frame. */
    void drop() throws IOException {
        socket.close();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
