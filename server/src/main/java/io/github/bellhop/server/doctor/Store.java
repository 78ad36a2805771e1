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

/** The database, if there is one: an SQLite file is never made by looking for it. Safe for concurrent use. */
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

    /** Why no database can be opened with the settings; null when one can. */
    @Nullable
    String unusable() {
        return unusable;
    }

    /** The file of an SQLite database; null for another one. */
    @Nullable
    Path file() {
        return settings == null ? null : Databases.sqliteFile(settings.url());
    }

    boolean isMissing() {
        Path file = file();
        return file != null && Files.notExists(file);
    }

    /** What can be asked; null when the settings or the file are not there. */
    @Nullable
    Database database() {
        return settings == null || isMissing() ? null : Databases.unpooled(settings);
    }

    /** Reads how things stand; null when there is nothing to ask. */
    @Nullable
    StatusReader reader() {
        Database database = database();
        return database == null ? null : new StatusReader(database);
    }

    /** Without a password. */
    @Override
    public String toString() {
        return String.valueOf(settings);
    }
}
