package io.github.bellhop.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A receiver under load: a separate process that listens on a port of this machine. */
final class Subject implements AutoCloseable {
    private static final Pattern HEAP_IN_USE = Pattern.compile("Gen +total \\d+K, used (\\d+)K");

    private final Process process;
    private final int port;

    private Subject(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Subject start(List<String> command, Map<String, String> environment, Path folder, int port)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("subject-" + port + ".log").toFile());
        builder.environment().putAll(environment);
        Subject subject = new Subject(builder.start(), port);
        subject.awaitHealth();
        return subject;
    }

    private void awaitHealth() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            if (isHealthy()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "The receiver on port " + port + " does not start. See its log in the same folder.");
    }

    private boolean isHealthy() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The CPU time of the process so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The peak memory in MiB; 0 if unavailable. */
    long peakMebibytes() {
        return mebibytes("VmHWM:");
    }

    /** The current resident memory in MiB; 0 if unavailable. */
    long residentMebibytes() {
        return mebibytes("VmRSS:");
    }

    private long mebibytes(String key) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The heap in use after a full garbage collection, in MiB; only for a Java process. */
    long liveHeapMebibytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = HEAP_IN_USE.matcher(jcmd("GC.heap_info"));
        long kibibytes = used.results()
                .mapToLong(generation -> Long.parseLong(generation.group(1)))
                .sum();
        if (kibibytes == 0) {
            throw new IllegalStateException("jcmd does not report how much of the heap is in use.");
        }
        return kibibytes / 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process jcmdProcess = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command).start();
        String answer = new String(jcmdProcess.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmdProcess.waitFor();
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
