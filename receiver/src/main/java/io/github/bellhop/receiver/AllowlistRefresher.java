package io.github.bellhop.receiver;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.address.InvalidAddressException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of Svix's addresses fresh: asks its URL at intervals (with the ETag of the last answer), and keeps the
 * last good answer in a file for the next start. What is no proper, non-empty list never replaces one; without any
 * the built-in list counts. Safe for concurrent use.
 */
public final class AllowlistRefresher implements Supplier<AddressList>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AllowlistRefresher.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 256 * 1024;

    private final URI url;
    private final Path file;
    private final InstantSource clock;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bellhop-allowlist");
        thread.setDaemon(true);
        return thread;
    });
    private volatile AddressList current = AddressList.SVIX;
    private volatile @Nullable Instant freshAt;
    private @Nullable String etag;

    /**
     * A refresher that has read its file but asked nobody yet.
     *
     * @param url  where the list is published
     * @param file where the last good answer is kept; made when there is one
     */
    public AllowlistRefresher(URI url, Path file, InstantSource clock, MeterRegistry registry) {
        this.url = url;
        this.file = file;
        this.clock = clock;
        readFile();
        Gauge.builder(
                        "bellhop.allowlist.age",
                        this,
                        refresher -> refresher.age().toSeconds())
                .baseUnit("seconds")
                .description("Since when the list of Svix's addresses was not confirmed by its URL")
                .register(registry);
    }

    /** The list that counts now. */
    @Override
    public AddressList get() {
        return current;
    }

    /** How long ago the list was last confirmed; since 1970 if it never was. */
    public Duration age() {
        Instant fresh = freshAt;
        return Duration.between(fresh == null ? Instant.EPOCH : fresh, clock.instant());
    }

    /** Asks now and then at the interval. */
    public void start(Duration interval) {
        var unused = schedule.scheduleWithFixedDelay(this::refresh, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks once; keeps what it has whenever the answer is not a good list. */
    public synchronized void refresh() {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
            if (etag != null) {
                request.header("If-None-Match", etag);
            }
            take(client.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException | InvalidAddressException unusable) {
            log.warn(
                    "The list of Svix's addresses was not refreshed ({}); the one from before counts",
                    unusable instanceof InvalidAddressException
                            ? unusable.getMessage()
                            : unusable.getClass().getSimpleName());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            log.warn(
                    "The list of Svix's addresses was not refreshed ({})",
                    fault.getClass().getSimpleName());
        }
    }

    private void take(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            take(answer, body.readNBytes(MAX_BYTES));
        }
    }

    private void take(HttpResponse<?> answer, byte[] json) throws IOException {
        if (answer.statusCode() == 304) {
            confirm();
            return;
        }
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        AddressList list = AddressList.parseJson(json);
        if (etag == null || list.size() != current.size()) {
            log.info("The list of Svix's addresses has {} entries now", list.size());
        }
        current = list;
        etag = answer.headers().firstValue("ETag").orElse(null);
        writeFile(json);
        confirm();
    }

    private void confirm() throws IOException {
        freshAt = clock.instant();
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        }
    }

    private void writeFile(byte[] json) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path half = Files.createTempFile(folder, "allowlist", ".tmp");
        Files.write(half, json);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void readFile() {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            current = AddressList.parseJson(Files.readAllBytes(file));
            freshAt = Files.getLastModifiedTime(file).toInstant();
        } catch (IOException | InvalidAddressException unusable) {
            log.warn("The kept list of Svix's addresses ({}) is unusable; the built-in one counts", file);
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
