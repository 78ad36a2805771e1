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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on, beside a server that may run on it. */
final class StoreOption {
    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of the database.")
    private @Nullable String url;

    /**
     * Does a command's work, with the libraries' logs kept out of its output.
     *
     * @throws UnusableSettingException when there is no database, or no tables are in it
     */
    int use(ProgramEnvironment environment, ToIntFunction<Database> work) {
        SilentLog silence = SilentLog.begin();
        try (OpenDatabase open = Databases.open(settings(environment))) {
            return work.applyAsInt(open.database());
        } catch (StoreException fault) {
            if (fault.kind() == StoreException.Kind.FAILED) {
                throw new UnusableSettingException("The database refuses it: it has no tables of Bellhop yet, or not"
                        + " those of this version, or its user lacks a right. Start bellhop serve of this version on it"
                        + " first, which makes the tables; bellhop doctor tells more.");
            }
            throw fault;
        } finally {
            silence.close();
        }
    }

    private DatabaseSettings settings(ProgramEnvironment environment) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (url != null) {
            options.put("bellhop.database.url", url);
        }
        DatabaseSettings settings = CheckedSettings.database(SettingsLoader.load(environment, options, Map.of()));
        Path file = Databases.sqliteFile(settings.url());
        if (file != null && Files.notExists(file)) {
            throw new UnusableSettingException("There is no database at " + file + ". Run this where bellhop dev or"
                    + " bellhop serve runs, or name the database with --database or BELLHOP_DATABASE_URL.");
        }
        return settings;
    }
}
