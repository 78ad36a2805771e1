package io.github.bellhop.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** Self-signed certificates made by keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private Certificates() {}

    /** The password of every key store, and of the key in it. */
    public static char[] password() {
        return PASSWORD.toCharArray();
    }

    /**
     * Makes a key store with a key and its certificate.
     *
     * @param folder an existing folder for the file, which is replaced
     * @param name   what the certificate is for, such as {@code dns:receiver.test} or {@code ip:127.0.0.1}
     * @param more   further options of keytool
     */
    public static KeyStore make(Path folder, String name, String... more) throws Exception {
        Path file = folder.resolve("store.p12");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=receiver",
                "-ext",
                "SAN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
