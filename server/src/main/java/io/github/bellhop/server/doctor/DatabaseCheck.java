package io.github.bellhop.server.doctor;

import io.github.bellhop.sync.read.StatusReader;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.StoreException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the database can be reached, has the tables that this version needs, and has room. */
record DatabaseCheck(Situation situation) implements Check {
    private static final long GIB = 1024L * 1024 * 1024;

    @Override
    public List<Finding> look() {
        Store store = situation.store();
        if (store.unusable() != null) {
            return List.of(Finding.fail(
                    store.unusable(),
                    "Messages can be kept in SQLite and in PostgreSQL.",
                    "Set BELLHOP_DATABASE_URL to a jdbc:postgresql: or jdbc:sqlite: URL."));
        }
        Database database = store.database();
        if (database == null) {
            return List.of(Finding.warn(
                    "There is no database at " + store.file() + " yet.",
                    "bellhop serve and bellhop dev make it; this is another directory than theirs, or they never ran.",
                    "Run this where they run, or set BELLHOP_DATABASE_URL."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(schema(store, database));
        Finding room = room(store.file());
        if (room != null) {
            findings.add(room);
        }
        return findings;
    }

    private static Finding schema(Store store, Database database) {
        try {
            // Flyway tells of a file that is no database as of tables that are missing.
            var unused = new StatusReader(database).databaseClock();
            Schema.validate(database);
            database.proveWritable(false);
            return Finding.ok("The database (" + store + ") can be reached and written, and is up to date.");
        } catch (StoreException unreachable) {
            return Finding.fail(
                    "The database (" + store + ") cannot be used. " + unreachable.problem(),
                    "Until that is over, deliveries are answered 503 store-unavailable. Svix sends them again.",
                    unreachable.advice());
        } catch (SchemaException behind) {
            return Finding.fail(
                    "The tables in the database (" + store + ") are not those of this version.",
                    "They were never made, an older version made them, or a newer one changed them.",
                    "Start bellhop serve of this version on it, which brings them up to date; it needs the right to make"
                            + " tables.");
        }
    }

    private static @Nullable Finding room(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            FileStore disk = Files.getFileStore(file.toAbsolutePath());
            return room(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException unknown) {
            return Finding.skip("How much room the disk has cannot be told.", null);
        }
    }

    /** Judges the room that a disk has, in bytes. */
    static Finding room(long usable, long total) {
        String free = usable / (1024 * 1024) + " MiB are free on the disk of the database.";
        return usable < GIB || usable < total / 20
                ? Finding.warn(
                        "Only " + free,
                        "When it is full, no message can be kept, and deliveries are answered 503.",
                        "Make room, or keep payloads for a shorter time (BELLHOP_RETENTION_PAYLOADS).")
                : Finding.ok(free);
    }
}
