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
 * Keeps the list of Svix's addresses fresh: asks its URL at intervals (with the ETag of the last answer), and keeps the
 * last good answer in a file for the next start. What is no proper, non-empty list never replaces one; without any
 * the built-in list counts. Safe for concurrent use.
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
     * A refresher that has read its file but asked nobody yet.
     *
     * @param url  where the list is published
     * @param file where the last good answer is kept; made when there is one
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
                .description("How long ago the URL last confirmed the list of Svix's addresses; NaN when it never did")
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

    /** Throws nothing: thrown to the schedule, it would be the last that is heard of it. */
    private static void tell(Throwable unusable) {
        try {
            log.warn(
                    "The list of Svix's addresses was not refreshed ({}: {}); the one from before counts",
                    unusable.getClass().getSimpleName(),
                    unusable.getMessage());
        } catch (RuntimeException | Error unlogged) {
            // The next refresh is worth more than the line.
        }
    }

    private void take(AllowlistSource.Fetched fetched) {
        AddressList list = AddressList.parseJson(fetched.json());
        if (list.size() != current.size()) {
            log.info("The list of Svix's addresses has {} entries now", list.size());
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

    /** A list that could not be kept counts all the same; the next time all of it is asked for, to keep that. */
    private void keep(Keeping keeping, @Nullable String newEtag) {
        try {
            keeping.run();
            etag = newEtag;
        } catch (IOException failed) {
            etag = null;
            log.warn(
                    "The list of Svix's addresses could not be kept for the next start ({}: {})",
                    failed.getClass().getSimpleName(),
                    failed.getMessage());
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
