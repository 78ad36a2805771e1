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

/** Which database a command works on: the option's, else the one of the settings. */
final class DatabaseOption {
    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of the database.")
    private @Nullable String database;

    /** How long a statement that only reads may take. */
    private Duration patience = Duration.ofMinutes(1);

    /** Sets another time for statements that only read. */
    void setPatience(Duration longest) {
        patience = longest;
    }

    /** The database, which may not be there yet. */
    DatabaseSettings settings(ProgramEnvironment environment) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (database != null) {
            options.put("bellhop.database.url", database);
        }
        return CheckedSettings.database(SettingsLoader.load(environment, options, Map.of()));
    }

    /**
     * The database as one that is there.
     *
     * @throws UnusableSettingException when it is a file that is not
     */
    DatabaseSettings existing(ProgramEnvironment environment) {
        DatabaseSettings settings = settings(environment);
        Path file = Databases.sqliteFile(settings.url());
        if (file != null && Files.notExists(file)) {
            throw new UnusableSettingException("There is no database at " + file + ". Run this where bellhop dev or"
                    + " bellhop serve runs, or name the database with --database or BELLHOP_DATABASE_URL.");
        }
        return settings;
    }

    /**
     * Does a command's work, with the libraries' logs kept out of its output.
     *
     * @throws UnusableSettingException when there is no database, or no tables are in it
     */
    int use(ProgramEnvironment environment, ToIntFunction<Database> work) {
        return SilentLog.during(() -> work(environment, work));
    }

    private int work(ProgramEnvironment environment, ToIntFunction<Database> work) {
        DatabaseSettings settings = existing(environment);
        // A pool would try for seconds, and then say only that it has nothing.
        var unused = Databases.unpooled(settings).read(Connection::getCatalog);
        try (OpenDatabase open = Databases.openForCommand(settings, patience)) {
            return work.applyAsInt(open.database());
        } catch (StoreException fault) {
            if (fault.isTooSlow()) {
                throw new TooSlowException(patience);
            }
            if (fault.isOfOtherTables()) {
                throw new UnusableSettingException(String.valueOf(fault.getMessage()));
            }
            throw fault;
        }
    }
}
