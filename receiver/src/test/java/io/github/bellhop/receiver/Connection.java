package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plain socket to the receiver, which can misbehave in ways that an HTTP client cannot. */
final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    Connection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Connection send(SignedDelivery delivery) throws IOException {
        return send(delivery.bytes());
    }

    /** Ends the sender's side of the connection; answers can still be read. */
    Connection endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Returns the next answer, including 1xx responses. */
    Answer read() throws IOException {
        return read(true);
    }

    /** Returns the next answer, which has no body because it answers a HEAD request. */
    Answer readWithoutBody() throws IOException {
        return read(false);
    }

    private Answer read(boolean withBody) throws IOException {
        String statusLine = line();
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        byte[] body = withBody ? in.readNBytes(length) : new byte[0];
        return new Answer(Integer.parseInt(statusLine.split(" ")[1]), headers, new String(body, ISO_8859_1));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed after '" + line + "'");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Returns whether the receiver closes the connection instead of sending more or keeping it open. */
    boolean isClosedByReceiver() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /**
     * Returns whether the receiver closed the connection cleanly, after reading everything. If bytes are left
     * unread, closing the connection causes a reset, which may reach the sender before the answer.
     */
    boolean isClosedInOrder() {
        try {
            return in.read() < 0;
        } catch (IOException resetOrOpen) {
            return false;
        }
    }

    /** Resets the connection, as a crashed sender does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
