package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PgBouncer in transaction mode in front of a database: each transaction may run in another server session. */
public final class PgBouncer implements AutoCloseable {
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"), Path.of("/usr/local/bin/pgbouncer"));

    private final Process process;
    private final DatabaseSettings settings;

    private PgBouncer(Process process, DatabaseSettings settings) {
        this.process = process;
        this.settings = settings;
    }

    /** Starts a PgBouncer. Skips the test if it is not installed. */
    public static PgBouncer before(DatabaseSettings server) throws IOException {
        Path program = PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(program != null, "PgBouncer is not installed");
        URI serverUri = URI.create(server.url().substring("jdbc:".length()));
        String name = serverUri.getPath().substring(1);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path folder = Scratch.folder("pgbouncer");
        Path users = Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"postgres\"\n");
        Path configuration = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                %s = host=127.0.0.1 port=%d dbname=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 6
                """.formatted(name, serverUri.getPort(), name, port, users));
        Process process = new ProcessBuilder(command(program, folder, configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        await(process, port, folder);
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
        return new PgBouncer(process, new DatabaseSettings(url, server.user(), server.password()));
    }

    /** PgBouncer refuses to run as root, so another user must be able to read its files. */
    private static List<String> command(Path program, Path folder, Path configuration) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of(program.toString(), configuration.toString());
        }
        try (Stream<Path> files = Stream.concat(Stream.of(folder.getParent(), folder), Files.list(folder))) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return List.of(program.toString(), "-u", "nobody", configuration.toString());
    }

    private static void await(Process process, int port, Path folder) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException fault) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IOException(Files.readString(folder.resolve("log.txt")), fault);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Returns the settings to connect to the database through the pooler. */
    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
