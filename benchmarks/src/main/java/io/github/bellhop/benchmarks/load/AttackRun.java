package io.github.bellhop.benchmarks.load;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long signed deliveries take while attackers misuse the public port, and prints Markdown. The receiver
 * runs in a separate process on the loopback address and stores nothing. Deliveries arrive at a steady rate from a
 * different address than the attack. Each uses a new connection, so that the measurement includes connecting.
 *
 * <p>Options: {@code --seconds=15} per row, {@code --rate=50} deliveries per second, {@code --connections=2000} for the
 * server's limit.
 */
public final class AttackRun {
    private static final String SECRET = "whsec_bG9hZCBydW5zIG5lZWQgYSBzZWNyZXQ=";
    private static final int PORT = 18_887;
    private static final int WARM_UP = 20_000;
    /** The time that an attack has to open its connections. */
    private static final Duration RAMP_UP = Duration.ofSeconds(3);

    private final int seconds;
    private final int rate;
    private final int connections;
    private final SteadySender sender = new SteadySender(PORT, MessageSigner.with(SigningSecret.parse(SECRET)));

    private AttackRun(int seconds, int rate, int connections) {
        this.seconds = seconds;
        this.rate = rate;
        this.connections = connections;
    }

    /** Measures all rows of the table, which takes about two minutes. */
    public static void main(String[] arguments) throws Exception {
        int seconds = 15;
        int rate = 50;
        int connections = 2000;
        for (String argument : arguments) {
            String[] option = argument.split("=", 2);
            switch (option[0]) {
                case "--seconds" -> seconds = Integer.parseInt(option[1]);
                case "--rate" -> rate = Integer.parseInt(option[1]);
                case "--connections" -> connections = Integer.parseInt(option[1]);
                default -> throw new IllegalArgumentException("Unknown option " + argument + ".");
            }
        }
        new AttackRun(seconds, rate, connections).run();
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("bellhop-attack");
        Files.writeString(folder.resolve("bellhop.yaml"), "bellhop.limits.connections: " + connections);
        Map<String, String> environment = Map.of(
                "CLERK_WEBHOOK_SIGNING_SECRET",
                SECRET,
                "BELLHOP_PORT",
                Integer.toString(PORT),
                "BELLHOP_IP_ALLOWLIST",
                "off");
        try (Subject subject = Subject.start(LoadRun.java(NoStoreServer.class.getName()), environment, folder, PORT)) {
            LoadRun.check(new Generator(PORT, MessageSigner.with(SigningSecret.parse(SECRET)), 64)
                    .run(Workload.of(WARM_UP, 0).messages()));
            System.out.println("| attack | deliveries | not answered 200 | p50 ms | p99 ms | max ms |"
                    + " CPU of the server, percent of a core |");
            System.out.println("|---|---:|---:|---:|---:|---:|---:|");
            row(subject, "none", List.of());
            row(subject, "32 connections pipeline and read nothing", Attack.pipelining(PORT, 32));
            row(subject, connections + " connections send a byte of headers every 8 s", headers());
            row(subject, "unsigned flood, 32 connections", Attack.unsigned(PORT, 32));
            row(subject, "512 connections send a body slowly", Attack.slowBodies(PORT, 512));
            row(subject, "none, afterwards", List.of());
        }
    }

    private List<Attack> headers() {
        return Attack.slowHeaders(PORT, connections);
    }

    private void row(Subject subject, String name, List<Attack> attacks) throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Attack attack : attacks) {
            Thread thread = new Thread(attack, "attack");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        if (!attacks.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(RAMP_UP.toMillis());
        }
        Duration before = subject.cpu();
        SteadySender.Result result = sender.send(rate, seconds);
        double cpu = subject.cpu().minus(before).toMillis() / 10.0 / seconds;
        threads.forEach(Thread::interrupt);
        attacks.forEach(Attack::close);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        }
        long[] nanos = result.nanos();
        Arrays.sort(nanos);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.1f | %.0f |",
                name,
                nanos.length,
                result.failed(),
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                cpu));
    }
}
