package io.github.bellhop.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.settings.RetentionSettings;
import io.github.bellhop.sync.settings.SyncSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks how environment variables become the engine's settings. */
class ChoicesTest {
    private static CheckedSettings checked(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.put("CLERK_WEBHOOK_SIGNING_SECRET", "whsec_YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA==");
        return CheckedSettings.of(
                SettingsLoader.load(new ProcessEnvironment(all, Path.of("nowhere")), Map.of(), Map.of()));
    }

    private static SyncSettings sync(Map<String, String> variables) {
        return checked(variables).sync();
    }

    @Test
    void usesTheEnginesDefaultsIfNoVariableIsSet() {
        assertThat(sync(Map.of()).mirror()).isEqualTo(MirrorSettings.DEFAULT);
        assertThat(sync(Map.of()).retention()).isEqualTo(RetentionSettings.DEFAULT);
        assertThat(checked(Map.of()).database().schema()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "0s", "4s"})
    void rejectsALongestDelayBelowTheFirst(String maxDelay) {
        ServerSettings settings = SettingsLoader.load(
                new ProcessEnvironment(
                        Map.of("CLERK_WEBHOOK_SIGNING_SECRET", "whsec_YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA=="),
                        Path.of("nowhere")),
                Map.of("bellhop.retry.first-delay", "5s", "bellhop.retry.max-delay", maxDelay),
                Map.of());
        assertThatThrownBy(() -> CheckedSettings.of(settings))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessage("The setting bellhop.retry.max-delay must be at least as long as"
                        + " bellhop.retry.first-delay.");
    }

    @Test
    void readsTableNames() {
        MirrorSettings mirror = sync(Map.of(
                        "BELLHOP_MIRROR_TABLES", "-clerk_sessions, - clerk_user_passkeys,-clerk_audit_log",
                        "BELLHOP_MIRROR_PRIVATE_METADATA", "clerk_users",
                        "BELLHOP_MIRROR_RAW", "All",
                        "BELLHOP_MIRROR_DELETES", "erase"))
                .mirror();
        assertThat(mirror.tables())
                .isEqualTo(TableChoice.allBut("clerk_sessions", "clerk_user_passkeys", "clerk_audit_log"));
        assertThat(mirror.privateMetadata()).isEqualTo(TableChoice.only("clerk_users"));
        assertThat(mirror.raw()).isEqualTo(TableChoice.ALL);
        assertThat(mirror.deletes()).isEqualTo(Deletes.ERASE);
    }

    @Test
    void readsRetentionTimes() {
        assertThat(sync(Map.of(
                                "BELLHOP_RETENTION_PAYLOADS", "1d",
                                "BELLHOP_RETENTION_MESSAGES", "30d",
                                "BELLHOP_RETENTION_SESSIONS", "90d",
                                "BELLHOP_RETENTION_AUDIT", "FOREVER"))
                        .retention())
                .isEqualTo(new RetentionSettings(Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(90), null));
    }

    @Test
    void readsASchema() {
        assertThat(checked(Map.of(
                                "BELLHOP_DATABASE_URL", "jdbc:postgresql://localhost:1/app",
                                "BELLHOP_DATABASE_SCHEMA", "bellhop"))
                        .database()
                        .schema())
                .isEqualTo("bellhop");
    }
}
