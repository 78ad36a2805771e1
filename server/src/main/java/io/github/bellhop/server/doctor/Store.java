package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.sync.read.StatusReader;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The database, if there is one. Checking for an SQLite file does not create it. Thread-safe. */
final class Store {
    private final @Nullable DatabaseSettings settings;
    private final @Nullable String unusable;

    Store(ServerSettings all) {
        DatabaseSettings found = null;
        String wrong = null;
        try {
            found = CheckedSettings.database(all);
        } catch (UnusableSettingException unknown) {
            wrong = String.valueOf(unknown.getMessage());
        }
        settings = found;
        unusable = wrong;
    }

    /** Why the settings cannot be used to open a database; null if they can. */
    @Nullable
    String unusable() {
        return unusable;
    }

    /** The file of an SQLite database; null for other databases. */
    @Nullable
    Path file() {
        return settings == null ? null : Databases.sqliteFile(settings.url());
    }

    boolean isMissing() {
        Path file = file();
        return file != null && Files.notExists(file);
    }

    /** The database; null if the settings are unusable or the file does not exist. */
    @Nullable
    Database database() {
        return settings == null || isMissing() ? null : Databases.unpooled(settings);
    }

    /** A reader of the database; null if there is no database. */
    @Nullable
    StatusReader reader() {
        Database database = database();
        return database == null ? null : new StatusReader(database);
    }

    /** Contains no password. */
    @Override
    public String toString() {
        return String.valueOf(settings);
    }
}
