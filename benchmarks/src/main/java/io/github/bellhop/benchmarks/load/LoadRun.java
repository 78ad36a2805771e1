package io.github.bellhop.benchmarks.load;

import io.github.bellhop.benchmarks.load.Generator.Result;
import io.github.bellhop.server.BellhopMain;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same messages against Bellhop on PostgreSQL and SQLite, against the same server with no store, and against
 * an Express app that does the same work; checks every answer and counts every row; prints a Markdown table.
 *
 * <p>Arguments: the number of messages of a measured run, default 60,000 (the peer gets a sixth), and the folder with
 * the Express app, default {@code benchmarks/express}; without Node the peer is left out, visibly.
 */
public final class LoadRun {
    private static final String SECRET = "whsec_bG9hZCBydW5zIG5lZWQgYSBzZWNyZXQ=";
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP = 150_000;
    private static final int PORT = 18_787;

    private final Path folder;
    private final int messages;

    private LoadRun(Path folder, int messages) {
        this.folder = folder;
        this.messages = messages;
    }

    /** Runs everything. */
    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
        Path express = Path.of(arguments.length > 1 ? arguments[1] : "benchmarks/express");
        LoadRun run = new LoadRun(Files.createTempDirectory("bellhop-load"), messages);
        System.out.println(
                "| receiver | store | work | acknowledged/s | p50 ms | p99 ms | CPU µs/message | peak MiB |");
        System.out.println("|---|---|---|---:|---:|---:|---:|---:|");
        run.noStore();
        run.sqlite();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            run.postgres(postgres);
            run.express(postgres, express);
        }
    }

    private void noStore() throws Exception {
        Map<String, String> environment = environment("jdbc:sqlite:unused.db");
        measure("Bellhop", "none", "verify", java(NoStoreServer.class.getName()), environment, 0, WARM_UP, null);
    }

    private void sqlite() throws Exception {
        for (int updates : new int[] {0, 20}) {
            String url = "jdbc:sqlite:" + folder.resolve("load-" + updates + ".db");
            measure(
                    "Bellhop",
                    "SQLite",
                    work(updates),
                    java(BellhopMain.class.getName(), "serve"),
                    environment(url),
                    updates,
                    WARM_UP,
                    new Counts(url, "clerk_users", "bellhop_inbox where state in ('mirrored', 'stale')"));
        }
    }

    private void postgres(EmbeddedPostgres postgres) throws Exception {
        for (int updates : new int[] {0, 20}) {
            String url = database(postgres, "load_" + updates);
            measure(
                    "Bellhop",
                    "PostgreSQL",
                    work(updates),
                    java(BellhopMain.class.getName(), "serve"),
                    environment(url),
                    updates,
                    WARM_UP,
                    new Counts(url, "clerk_users", "bellhop_inbox where state in ('mirrored', 'stale')"));
        }
    }

    private void express(EmbeddedPostgres postgres, Path app) throws Exception {
        if (!hasNode() || !Files.isDirectory(app)) {
            System.out.println("(Express: skipped, no Node on the path or no folder " + app + ")");
            return;
        }
        run(app, "npm", "install", "--no-audit", "--no-fund", "--silent");
        for (int updates : new int[] {0, 20}) {
            String url = database(postgres, "peer_" + updates);
            execute(url, Files.readString(app.resolve("tables.sql")));
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("NODE_ENV", "production");
            environment.put("CLERK_WEBHOOK_SIGNING_SECRET", SECRET);
            environment.put("PEER_PORT", Integer.toString(PORT));
            environment.put("PEER_DATABASE_URL", url.substring("jdbc:".length()).replace("//", "//postgres:postgres@"));
            List<String> command =
                    List.of("node", app.resolve("app.js").toAbsolutePath().toString());
            new LoadRun(folder, messages / 6)
                    .measure(
                            "Express",
                            "PostgreSQL",
                            work(updates),
                            command,
                            environment,
                            updates,
                            WARM_UP / 15,
                            new Counts(url, "peer_users", "peer_inbox"));
        }
    }

    private static String work(int updates) {
        return updates == 0 ? "new users" : updates + " % updates";
    }

    /** What must be in the store in the end. */
    private record Counts(String url, String users, String inbox) {}

    private void measure(
            String name,
            String store,
            String work,
            List<String> command,
            Map<String, String> environment,
            int updates,
            int warmUp,
            @Nullable Counts counts)
            throws Exception {
        Workload first = Workload.of(warmUp, updates);
        Workload second = Workload.of(messages, updates);
        try (Subject subject = Subject.start(command, environment, folder, PORT)) {
            Generator generator =
                    new Generator(subject.port(), MessageSigner.with(SigningSecret.parse(SECRET)), CONNECTIONS);
            check(generator.run(first.messages()));
            Duration before = subject.cpu();
            Result result = generator.run(second.messages());
            check(result);
            double cpu = subject.cpu().minus(before).toNanos() / 1e3 / messages;
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %,.0f | %.1f | %.1f | %.0f | %d |",
                    name,
                    store,
                    work,
                    result.rate(),
                    result.p50Millis(),
                    result.p99Millis(),
                    cpu,
                    subject.peakMebibytes()));
        }
        if (counts != null) {
            require(counts.url(), counts.users(), first.users() + second.users());
            require(counts.url(), counts.inbox(), warmUp + messages);
        }
    }

    private static void check(Result result) {
        if (result.others() > 0) {
            throw new IllegalStateException(result.others() + " messages were not acknowledged");
        }
    }

    private static void require(String url, String table, long expected) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            if (row.getLong(1) != expected) {
                throw new IllegalStateException(table + " holds " + row.getLong(1) + " rows instead of " + expected);
            }
        }
    }

    private static String database(EmbeddedPostgres postgres, String name) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/";
        execute(url + "postgres", "create database " + name);
        return url + name;
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return url.startsWith("jdbc:sqlite:")
                ? DriverManager.getConnection(url)
                : DriverManager.getConnection(url, "postgres", "postgres");
    }

    private static Map<String, String> environment(String url) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CLERK_WEBHOOK_SIGNING_SECRET", SECRET);
        environment.put("BELLHOP_PORT", Integer.toString(PORT));
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(PORT + 1));
        environment.put("BELLHOP_IP_ALLOWLIST", "off");
        environment.put("BELLHOP_DATABASE_URL", url);
        if (url.startsWith("jdbc:postgresql:")) {
            environment.put("BELLHOP_DATABASE_USER", "postgres");
            environment.put("BELLHOP_DATABASE_PASSWORD", "postgres");
        }
        return environment;
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-Xmx512m", "-cp", classPath));
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed with " + exit);
        }
    }
}
