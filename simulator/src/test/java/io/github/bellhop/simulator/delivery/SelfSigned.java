package io.github.bellhop.simulator.delivery;

import io.github.bellhop.simulator.testing.Certificates;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate made by keytool, and a TLS context that both has and trusts it. */
final class SelfSigned {
    private SelfSigned() {}

    /**
     * Creates a context.
     *
     * @param folder an empty folder for the key
     * @param name   what the certificate is for, such as {@code dns:receiver.test} or {@code ip:127.0.0.1}
     */
    static SSLContext context(Path folder, String name) throws Exception {
        KeyStore store = Certificates.make(folder, name);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server", store.getCertificate(store.aliases().nextElement()));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Certificates.password());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
