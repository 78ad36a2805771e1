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

/** Checks that the database can be reached, has the tables that this version needs, and has free disk space. */
record DatabaseCheck(Situation situation) implements Check {
    private static final long GIB = 1024L * 1024 * 1024;

    @Override
    public List<Finding> run() {
        Store store = situation.store();
        if (store.unusable() != null) {
            return List.of(Finding.fail(
                    store.unusable(),
                    "Bellhop stores messages in SQLite or PostgreSQL.",
                    "Set BELLHOP_DATABASE_URL to a jdbc:postgresql: or jdbc:sqlite: URL."));
        }
        Database database = store.database();
        if (database == null) {
            return List.of(Finding.warn(
                    "There is no database at " + store.file() + " yet.",
                    "bellhop serve and bellhop dev create it. They run in another directory, or were never started.",
                    "Run bellhop doctor in that directory, or set BELLHOP_DATABASE_URL."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(schema(store, database));
        Finding space = space(store.file());
        if (space != null) {
            findings.add(space);
        }
        return findings;
    }

    private static Finding schema(Store store, Database database) {
        try {
            // Flyway reports a file that is not a database as missing tables, so this query comes first.
            var unused = new StatusReader(database).databaseClock();
            Schema.validate(database);
            database.proveWritable(false);
            return Finding.ok("The database (" + store + ") is reachable, writable and up to date.");
        } catch (StoreException unreachable) {
            return Finding.fail(
                    "The database (" + store + ") cannot be used. " + unreachable.problem(),
                    "Until this is fixed, the receiver answers 503 store-unavailable, and Svix retries the deliveries.",
                    unreachable.advice());
        } catch (SchemaException behind) {
            return Finding.fail(
                    "The tables in the database (" + store + ") do not match this version.",
                    "They do not exist yet, or another version created or changed them.",
                    "Start this version of bellhop serve with this database. It updates the tables, and needs the"
                            + " right to create tables.");
        }
    }

    private static @Nullable Finding space(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            FileStore disk = Files.getFileStore(file.toAbsolutePath());
            return space(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException unknown) {
            return Finding.skip("The free disk space could not be determined.", null);
        }
    }

    /** Reports whether a disk has enough free space. Both sizes are in bytes. */
    static Finding space(long usable, long total) {
        String free = usable / (1024 * 1024) + " MiB are free on the database's disk.";
        return usable < GIB || usable < total / 20
                ? Finding.warn(
                        "Only " + free,
                        "When the disk is full, no message can be stored, and the receiver answers 503.",
                        "Free disk space, or keep payloads for a shorter time (BELLHOP_RETENTION_PAYLOADS).")
                : Finding.ok(free);
    }
}
