package io.github.bellhop.benchmarks.load;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A PostgreSQL server for one run, with the durability of a production server: every commit waits for the disk. */
final class PostgresServer implements AutoCloseable {
    /** The unit in which Linux reports CPU time to programs; it is the same on every common platform. */
    private static final int TICKS_PER_SECOND = 100;

    private final EmbeddedPostgres server;
    private final ProcessHandle process;

    private PostgresServer(EmbeddedPostgres server, ProcessHandle process) {
        this.server = server;
        this.process = process;
    }

    static PostgresServer start() throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "2GB")
                .setServerConfig("min_wal_size", "4GB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        Path folder;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            folder = Path.of(row.getString(1));
        }
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        PostgresServer running =
                new PostgresServer(server, ProcessHandle.of(pid).orElseThrow());
        running.age();
        return running;
    }

    /**
     * Makes the server behave like one that has been running for a while: its memory is allocated, and its write-ahead
     * log has files to reuse. A new server would spend a third of its time on this.
     */
    private void age() throws SQLException {
        String url = database("aged");
        execute(url, "create table filler (filling text)");
        execute(url, "alter table filler alter filling set storage plain");
        execute(url, "insert into filler select repeat('x', 7900) from generate_series(1, 262144)");
        execute(url, "drop table filler");
        checkpoint();
    }

    /** Creates an empty database and returns its URL. */
    String database(String name) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/";
        execute(url + "postgres", "create database " + name);
        return url + name;
    }

    /** Writes all changes to the disk and recycles the log's files. */
    void checkpoint() throws SQLException {
        execute("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "checkpoint");
    }

    static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the CPU time of its processes so far, including ended processes; 0 if unavailable. */
    Duration cpu() {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(PostgresServer::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration cpu(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // After the name in parentheses: the user and system time of the process and of its ended children.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = IntStream.rangeClosed(11, 14)
                    .mapToLong(i -> Long.parseLong(fields[i]))
                    .sum();
            return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
