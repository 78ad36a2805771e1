package io.github.bellhop.server.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads the certificate of a server, trusted or not. Sends and reads no data over the connection. */
record Handshake(URI url, Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Creates a handshake whose timeout suits a slow server on a slow connection. */
    Handshake(URI url) {
        this(url, TIMEOUT);
    }

    /** Returns the server's certificate chain, its own certificate first. */
    X509Certificate[] certificates() throws IOException {
        try (SSLSocket socket = connect(new TrustAll(), false)) {
            return Arrays.stream(socket.getSession().getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        }
    }

    /** Whether the certificate names the host of the URL. */
    boolean matchesHost() throws IOException {
        // Java adds its check of the host name only if the trust manager is a plain X509TrustManager.
        try (SSLSocket socket = connect(new TrustAllOfHost(), true)) {
            return socket.isConnected();
        } catch (SSLException mismatch) {
            return false;
        }
    }

    private SSLSocket connect(TrustManager trust, boolean identify) throws IOException {
        int port = url.getPort() < 0 ? 443 : url.getPort();
        Socket plain = new Socket();
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            plain.connect(new InetSocketAddress(url.getHost(), port), millis);
            plain.setSoTimeout(millis);
            SSLSocket socket =
                    (SSLSocket) context(trust).getSocketFactory().createSocket(plain, url.getHost(), port, true);
            SSLParameters parameters = socket.getSSLParameters();
            if (!url.getHost().matches("[0-9.]+|\\[.*]")) {
                parameters.setServerNames(java.util.List.of(new SNIHostName(url.getHost())));
            }
            if (identify) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException | RuntimeException fault) {
            plain.close();
            throw fault;
        }
    }

    /** Creates a context with this trust manager. */
    static SSLContext context(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java runtime does not support TLS", impossible);
        }
    }

    /** Returns the trust manager of Java's trust store. */
    static X509TrustManager defaultTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("This Java runtime has no trust store"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java runtime has no trust store", impossible);
        }
    }

    private static final class TrustAllOfHost implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Trusts every certificate. This is safe because nothing is sent over the connection. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
