package io.github.bellhop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the names apply to the whole process")
class SettingNamesTest {
    private static final String TEXT =
            "Set bellhop.database.url, not data/bellhop.db or io.github.bellhop.Example; see bellhop.limits.body-timeout.";

    @AfterEach
    void forget() {
        SettingNames.use(name -> name);
    }

    @Test
    void keepsPropertyNamesByDefault() {
        assertThat(SettingNames.in(TEXT)).isEqualTo(TEXT);
    }

    @Test
    void replacesEachPropertyName() {
        SettingNames.use(name -> switch (name) {
            case "bellhop.database.url" -> "BELLHOP_DATABASE_URL";
            case "bellhop.limits.body-timeout" -> "A$1\\B";
            default -> name;
        });
        assertThat(SettingNames.in(TEXT))
                .isEqualTo("Set BELLHOP_DATABASE_URL, not data/bellhop.db or io.github.bellhop.Example; see A$1\\B.");
        InvalidSettingException invalid =
                new InvalidSettingException("bellhop.database.url", "a PostgreSQL or SQLite URL");
        assertThat(invalid.setting()).isEqualTo("bellhop.database.url");
        assertThat(invalid).hasMessage("The setting BELLHOP_DATABASE_URL must be a PostgreSQL or SQLite URL.");
        assertThat(invalid.fix()).isEqualTo("Set BELLHOP_DATABASE_URL to a PostgreSQL or SQLite URL.");
    }
}
