package io.github.bellhop.simulator.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * An HTTP/1.1 connection to an address that the caller has checked. The server's name is used in {@code Host}, in the
 * TLS handshake and to check the certificate; it is not resolved. Calls block. An interrupt closes the connection. Not
 * safe for concurrent use.
 */
final class HttpConnection implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
    private static final Pattern VALUE = Pattern.compile("[\t\\x20-\\x7e\\x80-\\xff]*");

    private final Route route;
    private final SocketChannel channel;
    private final OutputStream out;
    private final ResponseReader responses;

    private HttpConnection(Route route, SocketChannel channel, Socket socket) throws IOException {
        this.route = route;
        this.channel = channel;
        this.out = socket.getOutputStream();
        this.responses = new ResponseReader(socket.getInputStream());
    }

    /**
     * Opens a connection.
     *
     * @param tls the socket factory for secure routes, which decides which certificates are trusted
     * @throws ConnectException if the address cannot be reached
     */
    static HttpConnection open(Route route, Supplier<SSLSocketFactory> tls) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connect(channel, route);
            return new HttpConnection(
                    route, channel, route.isSecure() ? secured(channel, route, tls.get()) : channel.socket());
        } catch (IOException | RuntimeException fault) {
            channel.close();
            throw fault;
        }
    }

    private static void connect(SocketChannel channel, Route route) throws IOException {
        try {
            channel.connect(route.address());
        } catch (SocketException unreachable) {
            throw (IOException) new ConnectException(unreachable.getMessage()).initCause(unreachable);
        }
    }

    private static Socket secured(SocketChannel channel, Route route, SSLSocketFactory tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(channel.socket(), route.serverName(), route.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    Route route() {
        return route;
    }

    /**
     * Sends a POST request and reads the whole response.
     *
     * @throws IllegalArgumentException if a header cannot be sent
     */
    HttpResponse post(SignedRequest request) throws IOException {
        byte[] head = head(request).getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = request.bytes();
        try {
            // Write head and body together, so that a small request is a single packet.
            out.write(ByteBuffer.allocate(head.length + body.length)
                    .put(head)
                    .put(body)
                    .array());
            out.flush();
        } catch (IOException closed) {
            return earlyResponse(closed);
        }
        return responses.read();
    }

    /** Reads the response of a server that closed the connection before it had read a long body. */
    private HttpResponse earlyResponse(IOException closed) throws IOException {
        try {
            HttpResponse response = responses.read();
            return new HttpResponse(response.status(), response.headers(), response.text(), false);
        } catch (IOException none) {
            closed.addSuppressed(none);
            throw closed;
        }
    }

    private String head(SignedRequest request) {
        StringBuilder head = new StringBuilder("POST ")
                .append(target(request.url()))
                .append(" HTTP/1.1\r\nhost: ")
                .append(route.authority())
                .append("\r\n");
        request.headers().forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("The header " + name + " cannot be sent.");
            }
            head.append(name).append(": ").append(value).append("\r\n");
        });
        return head.append("content-length: ")
                .append(request.bytes().length)
                .append("\r\n\r\n")
                .toString();
    }

    private static String target(URI url) {
        URI ascii = URI.create(url.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    }

    /** Whether the server has closed the connection, or has sent bytes without a request. */
    boolean isStale() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read != 0;
        } catch (IOException broken) {
            return true;
        }
    }

    /** Closes the connection at once, without the closing message of TLS. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // The connection is closed in any case.
        }
    }
}
