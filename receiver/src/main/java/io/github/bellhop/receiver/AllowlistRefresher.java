package io.github.bellhop.receiver;

import io.github.bellhop.address.AddressList;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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
 * Keeps the list of Svix's addresses up to date. It polls the list's URL at intervals, with the ETag of the last
 * response, and stores the last good list in a file for the next start. A malformed or empty list never replaces a good
 * one. Until a good list is available, the built-in list applies. Safe for concurrent use.
 */
public final class AllowlistRefresher implements Supplier<AddressList>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AllowlistRefresher.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AllowlistSource source;
    private final AllowlistFile file;
    private final InstantSource clock;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bellhop-allowlist");
        thread.setDaemon(true);
        return thread;
    });
    private volatile AddressList current = AddressList.SVIX;
    private volatile @Nullable Instant freshAt;
    private @Nullable String etag;

    /**
     * Creates a refresher that has read its file but sent no request yet.
     *
     * @param url  the URL of the published list
     * @param file the file for the last good list; created when the first good list arrives
     */
    public AllowlistRefresher(URI url, Path file, InstantSource clock, MeterRegistry registry) {
        this(new AllowlistSource(url, TIMEOUT), new AllowlistFile(file), clock, registry);
    }

    AllowlistRefresher(AllowlistSource source, AllowlistFile file, InstantSource clock, MeterRegistry registry) {
        this.source = source;
        this.file = file;
        this.clock = clock;
        AllowlistFile.Kept kept = file.read();
        if (kept != null) {
            current = kept.list();
            freshAt = kept.confirmedAt();
        }
        Gauge.builder(
                        "bellhop.allowlist.age",
                        this,
                        refresher -> refresher.freshAt == null
                                ? Double.NaN
                                : refresher.age().toSeconds())
                .baseUnit("seconds")
                .description("Time since the URL last confirmed the list of Svix's addresses; NaN if it never did")
                .register(registry);
    }

    /** Returns the current list. */
    @Override
    public AddressList get() {
        return current;
    }

    /** Returns the time since the last confirmation; the time since 1970 if there was none. */
    public Duration age() {
        Instant fresh = freshAt;
        return Duration.between(fresh == null ? Instant.EPOCH : fresh, clock.instant());
    }

    /** Refreshes immediately and then at the interval. */
    public void start(Duration interval) {
        var unused = schedule.scheduleWithFixedDelay(this::refresh, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Refreshes once. If the response is not a valid list, the current list stays in use. */
    public synchronized void refresh() {
        try {
            AllowlistSource.Fetched fetched = source.fetch(etag);
            if (fetched == null) {
                confirm();
            } else {
                take(fetched);
            }
        } catch (IOException | RuntimeException | Error unusable) {
            tell(unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never throws: an exception would silently end the schedule. */
    private static void tell(Throwable unusable) {
        try {
            log.warn(
                    "The list of Svix's addresses could not be refreshed ({}: {}). The previous list remains in use.",
                    unusable.getClass().getSimpleName(),
                    unusable.getMessage());
        } catch (RuntimeException | Error unlogged) {
            // The next refresh matters more than this log line.
        }
    }

    private void take(AllowlistSource.Fetched fetched) {
        AddressList list = AddressList.parseJson(fetched.json());
        if (list.size() != current.size()) {
            log.info("The list of Svix's addresses now has {} entries", list.size());
        }
        Instant now = clock.instant();
        current = list;
        freshAt = now;
        keep(() -> file.write(fetched.json(), now), fetched.etag());
    }

    private void confirm() {
        Instant now = clock.instant();
        freshAt = now;
        keep(() -> file.confirm(now), etag);
    }

    private interface Keeping {
        void run() throws IOException;
    }

    /**
     * A list that cannot be stored is used anyway. The next request then asks for the full list, to try storing it
     * again.
     */
    private void keep(Keeping keeping, @Nullable String newEtag) {
        try {
            keeping.run();
            etag = newEtag;
        } catch (IOException failed) {
            etag = null;
            log.warn(
                    "The list of Svix's addresses could not be stored for the next start ({}: {})",
                    failed.getClass().getSimpleName(),
                    failed.getMessage());
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
