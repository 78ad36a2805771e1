package io.github.bellhop.server.command;

import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --database}: the database that a command uses. Without it, the settings name the database. */
final class DatabaseOption {
    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "JDBC URL of the database. Default: the database in the settings")
    private @Nullable String database;

    /** The timeout of a statement that only reads. */
    private Duration readTimeout = Duration.ofMinutes(1);

    /** Sets the timeout of statements that only read. */
    void setReadTimeout(Duration timeout) {
        readTimeout = timeout;
    }

    /** Returns the settings of the database, which may not exist yet. */
    DatabaseSettings settings(ProgramEnvironment environment) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (database != null) {
            options.put("bellhop.database.url", database);
        }
        return CheckedSettings.database(SettingsLoader.load(environment, options, Map.of()));
    }

    /**
     * Returns the settings of a database that exists.
     *
     * @throws UnusableSettingException if the database is a file that does not exist
     */
    DatabaseSettings existing(ProgramEnvironment environment) {
        DatabaseSettings settings = settings(environment);
        Path file = Databases.sqliteFile(settings.url());
        if (file != null && Files.notExists(file)) {
            throw new UnusableSettingException("There is no database at " + file + ". Run this command in the directory"
                    + " where bellhop dev or bellhop serve runs, or name the database with --database or"
                    + " BELLHOP_DATABASE_URL.");
        }
        return settings;
    }

    /**
     * Opens the database and does a command's work with the logs of libraries turned off.
     *
     * @throws UnusableSettingException if the database does not exist or does not have Bellhop's tables
     */
    int use(ProgramEnvironment environment, ToIntFunction<Database> work) {
        return SilentLog.during(() -> work(environment, work));
    }

    private int work(ProgramEnvironment environment, ToIntFunction<Database> work) {
        DatabaseSettings settings = existing(environment);
        // A pool would retry for seconds and then report only that it has no connection.
        var unused = Databases.unpooled(settings).read(Connection::getCatalog);
        try (OpenDatabase open = Databases.openForCommand(settings, readTimeout)) {
            return work.applyAsInt(open.database());
        } catch (StoreException fault) {
            if (fault.isTooSlow()) {
                throw new TooSlowException(readTimeout);
            }
            if (fault.isOfOtherTables()) {
                throw new UnusableSettingException(String.valueOf(fault.getMessage()));
            }
            throw fault;
        }
    }
}
