package io.github.bellhop.benchmarks.load;

import io.github.bellhop.benchmarks.load.Generator.Result;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A running candidate and the results of its turns so far. */
final class Contest {
    private final Candidate candidate;
    private final Subject subject;
    private final Generator generator;
    private final PostgresServer postgres;
    private final int updates;
    private final List<Turn> results = new ArrayList<>();
    private int sent;
    private int users;

    Contest(Candidate candidate, Subject subject, Generator generator, PostgresServer postgres, int updates) {
        this.candidate = candidate;
        this.subject = subject;
        this.generator = generator;
        this.postgres = postgres;
        this.updates = updates;
    }

    Candidate candidate() {
        return candidate;
    }

    void warmUp(int messages) throws IOException {
        LoadRun.check(send(messages));
    }

    void turn(int messages) throws IOException {
        Duration[] before = clocks();
        Result result = send(messages);
        Duration[] after = clocks();
        LoadRun.check(result);
        double[] micros = new double[before.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = after[i].minus(before[i]).toNanos() / 1e3 / result.acknowledged();
        }
        results.add(new Turn(result.rate(), result.p50Millis(), result.p99Millis(), micros[0], micros[1]));
    }

    private Result send(int count) throws IOException {
        Workload workload = Workload.of(count / candidate.share(), updates);
        sent += workload.messages().size();
        users += workload.users();
        return generator.run(workload.messages());
    }

    private Duration[] clocks() {
        return new Duration[] {subject.cpu(), postgres.cpu()};
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %,.0f | %.1f | %.1f | %.0f | %.0f | %d |",
                candidate.name(),
                candidate.store(),
                updates == 0 ? "new users" : updates + " % updates",
                median(Turn::rate),
                median(Turn::p50Millis),
                median(Turn::p99Millis),
                median(Turn::ownMicros),
                candidate.store().equals("PostgreSQL") ? median(Turn::databaseMicros) : 0,
                subject.peakMebibytes());
    }

    double median(ToDoubleFunction<Turn> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Returns the ratio of its speed to another candidate's in the same turns: the median and the quartiles. */
    String times(Contest other) {
        double[] ratios = IntStream.range(0, results.size())
                .mapToDouble(i -> results.get(i).rate() / other.results.get(i).rate())
                .sorted()
                .toArray();
        int last = ratios.length - 1;
        return String.format(
                Locale.ROOT,
                "%.3f times (half of %d turns: %.3f to %.3f)",
                ratios[ratios.length / 2],
                ratios.length,
                ratios[last / 4],
                ratios[last - last / 4]);
    }

    void close() throws SQLException {
        subject.close();
        if (candidate.url() != null) {
            requireRows(candidate.url(), candidate.users(), users);
            requireRows(candidate.url(), candidate.inbox(), sent);
        }
    }

    private static void requireRows(String url, String table, long expected) throws SQLException {
        try (Connection connection = url.startsWith("jdbc:sqlite:")
                        ? DriverManager.getConnection(url)
                        : DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            if (row.getLong(1) != expected) {
                throw new IllegalStateException(table + " contains " + row.getLong(1) + " rows instead of " + expected);
            }
        }
    }

    /** The measurements of one turn; CPU time is per message. */
    private record Turn(double rate, double p50Millis, double p99Millis, double ownMicros, double databaseMicros) {}
}
