package io.github.bellhop.benchmarks.load;

import io.github.bellhop.benchmarks.load.Generator.Result;
import io.github.bellhop.server.BellhopMain;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends the same messages to Bellhop on PostgreSQL and SQLite, to the same server without a store, and to an Express
 * app that does the same work. Checks every answer, counts every row and prints Markdown. All candidates run at the
 * same time and are measured in turns, so that other load on the machine affects all of them equally.
 *
 * <p>Arguments: the parts to run. By default these are {@code new} (only new users) and {@code updates} (one message in
 * five is an update). Other parts are {@code half} (the latency at half of the rate), {@code steady} (memory over five
 * minutes), {@code million} (the rate with a million messages in the inbox), {@code registered} (the rate with
 * handlers), {@code handlers} (the speed of handlers compared with {@code pgbench}) and {@code builds} (several builds
 * of the program on PostgreSQL, given as class paths in {@code --builds=one.jar,other.jar}). {@code --messages=60000}
 * sets the size of a measured turn (the Express app gets a sixth), {@code --turns=5} their number, {@code
 * --connections=256} the number of concurrent deliveries, {@code --only=none,sqlite,postgres,express} the candidates,
 * {@code --express=benchmarks/express} the folder of the Express app. Without Node, the Express app is skipped with a
 * message.
 */
public final class LoadRun {
    private static final String SECRET = "whsec_bG9hZCBydW5zIG5lZWQgYSBzZWNyZXQ=";
    private static final int WARM_UP = 500_000;
    private static final int PORT = 18_787;
    /** The Express app gets only every nth message. */
    private static final int PEER_SHARE = 6;

    private static final int STEADY_MINUTES = 5;
    private static final int MILLION = 1_000_000;

    private final Path folder = Files.createTempDirectory("bellhop-load");
    private final PostgresServer postgres = PostgresServer.start();
    private final int messages;
    private final int turns;
    private final int connections;
    private final Set<String> only;
    private final List<String> builds;
    private final Path express;

    private LoadRun(int messages, int turns, int connections, Set<String> only, List<String> builds, Path express)
            throws IOException, SQLException {
        this.messages = messages;
        this.turns = turns;
        this.connections = connections;
        this.only = only;
        this.builds = builds;
        this.express = express;
    }

    /** Runs the parts. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> parts = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                options.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else {
                parts.add(argument);
            }
        }
        LoadRun run = new LoadRun(
                Integer.parseInt(options.getOrDefault("messages", "60000")),
                Integer.parseInt(options.getOrDefault("turns", "5")),
                Integer.parseInt(options.getOrDefault("connections", "256")),
                Set.of(options.getOrDefault("only", "none,sqlite,postgres,express")
                        .split(",", -1)),
                List.of(options.getOrDefault("builds", "").split(",", -1)),
                Path.of(options.getOrDefault("express", "benchmarks/express")));
        run.run(parts.isEmpty() ? List.of("new", "updates") : parts);
    }

    private void run(List<String> parts) throws Exception {
        try (postgres) {
            for (String part : parts) {
                switch (part) {
                    case "new" -> compare(0);
                    case "updates" -> compare(20);
                    case "half" -> half();
                    case "steady" -> steady();
                    case "million" -> million();
                    case "handlers" -> handlers();
                    case "registered" -> compare(registered(), 0);
                    case "builds" -> compare(builds(), 0);
                    default -> throw new IllegalArgumentException("Unknown part " + part + ".");
                }
            }
        }
    }

    /** Measures handlers on runs that are already due. */
    private void handlers() throws Exception {
        System.out.println(new HandlerRate(postgres, messages / 2)
                .measure(turns, folder)
                .orElse("(handlers: skipped, no pgbench)"));
    }

    /** The same server without handlers, with many that match no message, and with another that matches all. */
    private List<Candidate> registered() throws SQLException {
        return List.of(
                registered("no handlers", 0, 0, PORT),
                registered("200 that match nothing", 200, 0, PORT + 10),
                registered("200, and 1 that matches", 200, 1, PORT + 20));
    }

    private Candidate registered(String name, int idle, int busy, int port) throws SQLException {
        String url = postgres.database("registered_" + idle + "_" + busy);
        return new Candidate(
                name,
                "PostgreSQL",
                java(HandlerServer.class.getName(), Integer.toString(idle), Integer.toString(busy)),
                environment(url, port),
                url,
                "clerk_users",
                "bellhop_inbox where state in ('mirrored', 'stale')",
                1);
    }

    /** Compares several builds with the first one on the same work. */
    private List<Candidate> builds() throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        for (String classPath : builds) {
            int number = candidates.size();
            candidates.add(bellhop(
                    classPath,
                    "PostgreSQL",
                    javaOn(classPath, BellhopMain.class.getName(), "serve"),
                    postgres.database("build_" + number),
                    PORT + 10 * number));
        }
        return candidates;
    }

    private void compare(int updates) throws Exception {
        compare(candidates(updates), updates);
    }

    private void compare(List<Candidate> candidates, int updates) throws Exception {
        List<Contest> contests = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Subject subject = start(candidate);
            contests.add(new Contest(candidate, subject, generator(candidate.port()), postgres, updates));
        }
        for (Contest contest : contests) {
            contest.warmUp(WARM_UP);
        }
        postgres.checkpoint();
        for (int turn = 0; turn < turns; turn++) {
            for (Contest contest : contests) {
                contest.turn(messages);
            }
            // Rotate the order, so that no candidate always runs first after a pause or after the same other candidate.
            Collections.reverse(contests);
        }
        contests.sort(Comparator.comparing(contest -> contest.candidate().port()));
        System.out.println("| receiver | store | work | acknowledged/s | p50 ms | p99 ms |"
                + " its CPU, µs/message | the database's | peak MiB |");
        System.out.println("|---|---|---|---:|---:|---:|---:|---:|---:|");
        contests.forEach(contest -> System.out.println(contest.line()));
        for (Contest contest : contests) {
            for (Contest other : contests) {
                if (contest.candidate().store().equals("PostgreSQL") && contest != other) {
                    System.out.println(String.format(
                            Locale.ROOT,
                            "%s on PostgreSQL: %s the rate of %s on %s",
                            contest.candidate().name(),
                            contest.times(other),
                            other.candidate().name(),
                            other.candidate().store()));
                }
            }
        }
        for (Contest contest : contests) {
            contest.close();
        }
    }

    private List<Candidate> candidates(int updates) throws Exception {
        List<Candidate> candidates = new ArrayList<>();
        if (only.contains("none")) {
            Map<String, String> environment = environment("jdbc:sqlite:unused.db", PORT);
            candidates.add(new Candidate(
                    "Bellhop", "none", java(NoStoreServer.class.getName()), environment, null, "", "", 1));
        }
        if (only.contains("sqlite")) {
            candidates.add(bellhop("SQLite", "jdbc:sqlite:" + folder.resolve("load-" + updates + ".db"), PORT + 10));
        }
        if (only.contains("postgres")) {
            candidates.add(bellhop("PostgreSQL", postgres.database("load_" + updates), PORT + 20));
        }
        if (only.contains("express")) {
            express(updates).ifPresent(candidates::add);
        }
        return candidates;
    }

    private static Candidate bellhop(String store, String url, int port) {
        return bellhop("Bellhop", store, java(BellhopMain.class.getName(), "serve"), url, port);
    }

    private static Candidate bellhop(String name, String store, List<String> command, String url, int port) {
        return new Candidate(
                name,
                store,
                command,
                environment(url, port),
                url,
                "clerk_users",
                "bellhop_inbox where state in ('mirrored', 'stale')",
                1);
    }

    private Optional<Candidate> express(int updates) throws Exception {
        if (!hasNode() || !Files.isDirectory(express)) {
            System.out.println("(Express: skipped, no Node on the path or no folder " + express + ")");
            return Optional.empty();
        }
        install(express);
        String url = postgres.database("peer_" + updates);
        PostgresServer.execute(url, Files.readString(express.resolve("tables.sql")));
        Map<String, String> environment = environment(url, PORT + 30);
        environment.put("NODE_ENV", "production");
        environment.put("PEER_DATABASE_URL", url.substring("jdbc:".length()).replace("//", "//postgres:postgres@"));
        List<String> command =
                List.of("node", express.resolve("app.js").toAbsolutePath().toString());
        return Optional.of(new Candidate(
                "Express", "PostgreSQL", command, environment, url, "peer_users", "peer_inbox", PEER_SHARE));
    }

    /** The latency at half of the rate that PostgreSQL has just reached. */
    private void half() throws Exception {
        Generator generator = generator(PORT);
        try (Subject subject = start(bellhop("PostgreSQL", postgres.database("half"), PORT))) {
            check(generator.run(Workload.of(WARM_UP, 0).messages()));
            postgres.checkpoint();
            Result full = checked(generator.run(Workload.of(messages, 0).messages()));
            // Long enough that a single slow disk write does not dominate.
            Result half = checked(generator.run(Workload.of(4 * messages, 0).messages(), full.rate() / 2));
            System.out.println(String.format(
                    Locale.ROOT,
                    "At half load (%,.0f/s of %,.0f/s): p50 %.1f ms, p99 %.1f ms; peak %d MiB.",
                    half.rate(),
                    full.rate(),
                    half.p50Millis(),
                    half.p99Millis(),
                    subject.peakMebibytes()));
        }
    }

    /** Memory over several minutes at half of the rate, after the warm-up. */
    private void steady() throws Exception {
        Generator generator = generator(PORT);
        try (Subject subject = start(bellhop("PostgreSQL", postgres.database("steady"), PORT))) {
            check(generator.run(Workload.of(WARM_UP, 20).messages()));
            postgres.checkpoint();
            double rate =
                    checked(generator.run(Workload.of(messages, 20).messages())).rate() / 2;
            System.out.println(String.format(
                    Locale.ROOT, "| minute at %,.0f/s | resident MiB | heap in use after GC, MiB |", rate));
            System.out.println("|---:|---:|---:|");
            for (int minute = 0; minute <= STEADY_MINUTES; minute++) {
                System.out.println("| " + minute + " | " + subject.residentMebibytes() + " | "
                        + subject.liveHeapMebibytes() + " |");
                if (minute < STEADY_MINUTES) {
                    check(generator.run(Workload.of((int) (rate * 60), 20).messages(), rate));
                }
            }
        }
    }

    /** The rate of one process before, with and after a million additional messages in the inbox. */
    private void million() throws Exception {
        String url = postgres.database("million");
        Generator generator = generator(PORT);
        try (Subject subject = start(bellhop("PostgreSQL", url, PORT))) {
            check(generator.run(Workload.of(WARM_UP, 0).messages()));
            postgres.checkpoint();
            List<Double> rates = new ArrayList<>();
            rates.add(
                    checked(generator.run(Workload.of(messages, 0).messages())).rate());
            PostgresServer.execute(url, """
                    insert into bellhop_inbox (message_id, type, entity_id, instance_id, occurred_at, received_at, state,
                        attempts, payload)
                    select 'msg_old_' || n, 'user.created', 'user_old_' || n, 'ins_old', 1700000000000 + n,
                        1700000000000 + n, 'mirrored', 0, decode(repeat(md5(n::text), 56), 'hex')
                    from generate_series(1, %d) as n""".formatted(MILLION));
            PostgresServer.execute(url, "checkpoint");
            rates.add(
                    checked(generator.run(Workload.of(messages, 0).messages())).rate());
            PostgresServer.execute(url, "delete from bellhop_inbox where message_id like 'msg_old_%'");
            PostgresServer.execute(url, "vacuum bellhop_inbox");
            PostgresServer.execute(url, "checkpoint");
            rates.add(
                    checked(generator.run(Workload.of(messages, 0).messages())).rate());
            System.out.println(String.format(
                    Locale.ROOT,
                    "Messages/s: %,.0f; with %,d more in the inbox %,.0f; without them again %,.0f; peak %d MiB.",
                    rates.get(0),
                    MILLION,
                    rates.get(1),
                    rates.get(2),
                    subject.peakMebibytes()));
        }
    }

    private Subject start(Candidate candidate) throws IOException, InterruptedException {
        return Subject.start(candidate.command(), candidate.environment(), folder, candidate.port());
    }

    private Generator generator(int port) {
        return new Generator(port, MessageSigner.with(SigningSecret.parse(SECRET)), connections);
    }

    private static Result checked(Result result) {
        check(result);
        return result;
    }

    static void check(Result result) {
        if (result.others() > 0) {
            throw new IllegalStateException(result.others() + " messages were not acknowledged");
        }
    }

    private static Map<String, String> environment(String url, int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CLERK_WEBHOOK_SIGNING_SECRET", SECRET);
        environment.put("BELLHOP_PORT", Integer.toString(port));
        environment.put("BELLHOP_CONSOLE_PORT", Integer.toString(port + 1));
        environment.put("BELLHOP_IP_ALLOWLIST", "off");
        environment.put("BELLHOP_DATABASE_URL", url);
        if (url.startsWith("jdbc:postgresql:")) {
            environment.put("BELLHOP_DATABASE_USER", "postgres");
            environment.put("BELLHOP_DATABASE_PASSWORD", "postgres");
        }
        return environment;
    }

    /** The command to run a class on this class path with the launcher's options. */
    static List<String> java(String... arguments) {
        return javaOn(System.getProperty("java.class.path"), arguments);
    }

    private static List<String> javaOn(String path, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        String classPath = Stream.of(path.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-XX:+UseParallelGC", "-Xmx512m", "-cp", classPath));
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

    private static void install(Path app) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--silent")
                .directory(app.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("npm install failed with " + exit);
        }
    }
}
