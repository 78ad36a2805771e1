package io.github.bellhop.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.testing.StubReceiver;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests a wrong clock, a full disk and an old allowlist: conditions of the machine that a test must simulate. */
@Timeout(300)
class ClockAndDiskTest {
    private static final long MIB = 1024 * 1024;

    @TempDir
    Path folder;

    record Fixed(Path workingDirectory, Map<String, String> variables) implements ProgramEnvironment {
        @Override
        public @Nullable String get(String name) {
            return variables.get(name);
        }
    }

    private List<Doctor.Result> examine(StubReceiver stub, DatabaseSettings database, Duration ahead) throws Exception {
        Fixed environment = new Fixed(
                folder,
                Map.of(
                        "CLERK_WEBHOOK_SIGNING_SECRET", "whsec_YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA==",
                        "BELLHOP_DATABASE_URL", database.url(),
                        "BELLHOP_DATABASE_USER", String.valueOf(database.user()),
                        "BELLHOP_DATABASE_PASSWORD", String.valueOf(database.password())));
        InstantSource off = () -> Instant.now().plus(ahead);
        return Doctor.examine(new Examination(environment, stub.url(), null, off));
    }

    private static List<Finding> of(String check, List<Doctor.Result> results) {
        return results.stream()
                .filter(result -> result.check().equals(check))
                .map(Doctor.Result::finding)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"10, OK", "-10, OK", "100, WARN", "-100, WARN", "290, FAIL", "-290, FAIL"})
    void comparesTheClockWithReceiverAndDatabase(int seconds, Finding.Level level) throws Exception {
        try (StubReceiver stub = new StubReceiver()) {
            List<Finding> clock =
                    of("clock", examine(stub, TestDatabase.POSTGRESQL.fresh(), Duration.ofSeconds(seconds)));
            assertThat(clock).hasSize(2).extracting(Finding::level).containsOnly(level);
            assertThat(clock.get(0).what()).contains("127.0.0.1");
            assertThat(clock.get(1).what()).contains("database");
            if (level != Finding.Level.OK) {
                assertThat(clock).allSatisfy(finding -> {
                    assertThat(finding.what()).contains(seconds > 0 ? "ahead of" : "behind");
                    assertThat(finding.fix()).contains("NTP");
                });
            }
        }
    }

    @Test
    void warnsBelowOneGibibyteOrFivePercent() {
        assertThat(DatabaseCheck.space(1024 * MIB, 10_000 * MIB).level()).isEqualTo(Finding.Level.OK);
        assertThat(DatabaseCheck.space(1023 * MIB, 10_000 * MIB).level()).isEqualTo(Finding.Level.WARN);
        assertThat(DatabaseCheck.space(4_999 * MIB, 100_000 * MIB).level()).isEqualTo(Finding.Level.WARN);
        assertThat(DatabaseCheck.space(5_000 * MIB, 100_000 * MIB).level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void reportsTheAgeOfTheAllowlist() throws Exception {
        try (StubReceiver stub = new StubReceiver()) {
            DatabaseSettings database = TestDatabase.SQLITE.fresh();
            assertThat(of("allowlist", examine(stub, database, Duration.ZERO))
                            .get(0)
                            .what())
                    .contains("has never been updated");
            Path file = folder.resolve("data/svix-addresses.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"us\":[\"198.51.100.7/32\"]}");
            assertThat(of("allowlist", examine(stub, database, Duration.ZERO))
                            .get(0)
                            .level())
                    .isEqualTo(Finding.Level.OK);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
            Finding old =
                    of("allowlist", examine(stub, database, Duration.ZERO)).get(0);
            assertThat(old.level()).isEqualTo(Finding.Level.WARN);
            assertThat(old.what()).contains("9 days old");
        }
    }
}
