package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which URLs are accepted, and that no password is printed. */
@Isolated("Reads the log, to which other tests write.")
class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:",
                "jdbc:sqlite: ",
                "jdbc:sqlite:?mode=ro",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite::resource:bellhop.db",
                "jdbc:sqlite:file:",
                "jdbc:sqlite:file:?cache=shared",
                "jdbc:sqlite:file::memory:?cache=shared",
                "jdbc:sqlite:file:x.db?mode=memory",
                "jdbc:mysql://localhost/secret",
                "postgres://user:secret@localhost/bellhop",
                "secret",
                "jdbc:postgresql://user:secret@localhost/bellhop",
                "jdbc:postgresql://localhost:port/bellhop?password=secret",
                "jdbc:postgresql://localhost:5432?password=secret",
                "jdbc:postgresql://localhost/a/b?password=secret",
                "jdbc:postgresql://localhost/bellhop?password=secret%zz",
            })
    void rejectsUrlWithoutPrintingIt(String url) {
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + (entry.getParameters() == null ? "" : List.of(entry.getParameters())));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger driver = Logger.getLogger("org.postgresql");
        handler.setLevel(Level.ALL);
        driver.setLevel(Level.ALL);
        driver.addHandler(handler);
        try {
            assertThatExceptionOfType(UnsupportedDatabaseException.class)
                    .isThrownBy(() -> DatabaseUrl.dialect(url))
                    .withMessageNotContaining("secret")
                    .withNoCause();
        } finally {
            driver.removeHandler(handler);
            driver.setLevel(null);
        }
        assertThat(logged).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void acceptsFilesAndServers() {
        assertThat(DatabaseUrl.dialect("jdbc:sqlite:data/bellhop.db").name()).isEqualTo("SQLite");
        assertThat(DatabaseUrl.dialect("jdbc:sqlite:file:data/bellhop.db?cache=private")
                        .name())
                .isEqualTo("SQLite");
        assertThat(DatabaseUrl.dialect("jdbc:postgresql://one:5432,two/bellhop?user=u&password=s%40t")
                        .name())
                .isEqualTo("PostgreSQL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost/bellhop?user=u&password=secret",
                "jdbc:postgresql://localhost/bellhop?password=x@secret",
                "jdbc:postgresql://u:p/secret@localhost/bellhop",
                "jdbc:postgresql://u:secret?p@localhost/bellhop",
                "jdbc:postgresql:u:secret@localhost",
                "jdbc:sqlserver://localhost;user=u;password=secret",
                "postgres://u:secret@localhost/bellhop",
            })
    void settingsPrintNoPassword(String url) {
        assertThat(new DatabaseSettings(url, "u", "secret").toString()).doesNotContain("secret");
    }

    @Test
    void settingsPrintTheirLocation() {
        assertThat(new DatabaseSettings("jdbc:postgresql://localhost/bellhop?ssl=true", "u", "p"))
                .hasToString("jdbc:postgresql://localhost/bellhop");
        assertThat(new DatabaseSettings("jdbc:sqlite:data/bellhop.db", null, null))
                .hasToString("jdbc:sqlite:data/bellhop.db");
    }

    @Test
    void classifiesStatementTimeoutAsFailed() {
        assertThat(new PostgresDialect()
                        .classify(new java.sql.SQLException("canceling statement due to statement timeout", "57014"))
                        .kind())
                .isEqualTo(StoreException.Kind.FAILED);
        assertThat(new PostgresDialect()
                        .classify(new java.sql.SQLException("shutting down", "57P01"))
                        .kind())
                .isEqualTo(StoreException.Kind.UNAVAILABLE);
    }
}
