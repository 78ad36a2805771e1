package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.SharedData;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Clerk's official example payloads, each in a fresh database. */
@SameOnEveryJdk
class OfficialExamplesTest {
    private static final String USER = "user_2g7np7Hrk0SN6kj5EDMLDaKNL0S";
    private static final String AT = "2024-05-28T08:00:00.000Z";

    @TestFactory
    Stream<DynamicTest> mirrorsEveryExample() throws IOException {
        return SharedData.tests("data/clerk-examples", OfficialExamplesTest::examples);
    }

    private static Stream<DynamicTest> examples(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSize(45);
        return files.stream()
                .flatMap(file -> Stream.of(TestDatabase.values())
                        .map(kind ->
                                DynamicTest.dynamicTest(file.getFileName() + " on " + kind, () -> check(kind, file))));
    }

    private static void check(TestDatabase kind, Path file) throws IOException {
        String type = file.getFileName().toString().replace(".json", "");
        try (SyncBench bench = new SyncBench(kind)) {
            assertThat(bench.stateOf(bench.receive(Files.readAllBytes(file)))).isEqualTo("mirrored");
            switch (type.substring(0, type.indexOf('.'))) {
                case "user" -> checkUser(bench, type);
                case "organization" -> checkOrganization(bench, type);
                case "organizationMembership" -> checkMembership(bench, type);
                case "session" -> checkSession(bench, type);
                default -> SmallFamilyExamples.check(bench, type);
            }
            assertThat(Rows.count(bench.database(), "bellhop_dead_letters")).isZero();
            assertThat(bench.registry.get("bellhop.mirror.misfits").counter().count())
                    .isZero();
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .isZero();
        }
    }

    private static void checkUser(SyncBench bench, String type) {
        if (type.endsWith(".deleted")) {
            assertTombstone(bench, "user", USER, "clerk_users");
            return;
        }
        assertThat(Rows.one(bench.database(), "select * from clerk_users"))
                .containsEntry("id", USER)
                .containsEntry("first_name", "John")
                .hasEntrySatisfying(
                        "last_name", name -> assertThat((String) name).startsWith("Doe"))
                .containsEntry("primary_email_address_id", "idn_2g7np7Hrk0SN6kj5EDMLDaKNL0S")
                .containsEntry("primary_email", null)
                .containsEntry("password_enabled", 1L)
                .containsEntry("banned", 0L)
                .hasEntrySatisfying(
                        "public_metadata", json -> assertThat((String) json).startsWith("{"))
                .containsEntry("private_metadata", null)
                .containsEntry("deleted_at", null)
                .containsEntry("created_at", AT)
                .hasEntrySatisfying("updated_at", at -> assertThat((String) at).startsWith("2024-05-2"));
    }

    private static void checkOrganization(SyncBench bench, String type) {
        if (type.endsWith(".deleted")) {
            assertTombstone(bench, "organization", "org_2g7np7Hrk0SN6kj5EDMLDaKNL0S", "clerk_organizations");
            return;
        }
        assertThat(Rows.one(bench.database(), "select * from clerk_organizations"))
                .containsEntry("id", "org_2g7np7Hrk0SN6kj5EDMLDaKNL0S")
                .containsEntry("max_allowed_memberships", type.endsWith("created") ? 5L : 10L)
                .containsEntry("created_by", USER)
                .containsEntry("deleted_at", null)
                .hasEntrySatisfying("name", name -> assertThat((String) name).startsWith("Acme"));
    }

    private static void checkMembership(SyncBench bench, String type) {
        if (type.endsWith(".deleted")) {
            assertTombstone(
                    bench,
                    "organization_membership",
                    "orgmem_2g7np7Hrk0SN6kj5EDMLDaKNL0S",
                    "clerk_organization_memberships");
            return;
        }
        assertThat(Rows.one(bench.database(), "select * from clerk_organization_memberships"))
                .containsEntry("organization_id", "org_2g7np7Hrk0SN6kj5EDMLDaKNL0S")
                .containsEntry("user_id", "user_2h8op3Isl1QR7tKu5FGNfaLKEoU")
                .containsEntry("identifier", "jane.doe@acme.com")
                .containsEntry("first_name", "Jane")
                .containsEntry("deleted_at", null)
                .hasEntrySatisfying("role", role -> assertThat((String) role).startsWith("org:"));
        assertThat(Rows.one(bench.database(), "select * from clerk_organizations"))
                .containsEntry("id", "org_2g7np7Hrk0SN6kj5EDMLDaKNL0S")
                .hasEntrySatisfying(
                        "bellhop_version",
                        version -> assertThat((String) version).startsWith("0."));
    }

    private static void checkSession(SyncBench bench, String type) {
        Map<String, Object> session = Rows.one(bench.database(), "select * from clerk_sessions");
        assertThat(session)
                .containsEntry("id", "sess_2g7np7Hrk0SN6kj5EDMLDaKNL0S")
                .containsEntry("user_id", USER)
                .containsEntry("status", type.endsWith("created") ? "active" : type.substring("session.".length()))
                .containsEntry("browser_name", type.endsWith("created") ? "Chrome" : null)
                .containsEntry("created_at", AT)
                .containsEntry("deleted_at", null);
        assertThat(Rows.one(bench.database(), "select * from clerk_audit_log"))
                .containsEntry("type", type)
                .containsEntry("user_id", USER)
                .containsEntry("session_id", "sess_2g7np7Hrk0SN6kj5EDMLDaKNL0S")
                .containsEntry("client_ip", "192.168.1.100")
                .containsEntry("occurred_at", AT);
        assertThat(Rows.one(bench.database(), "select * from clerk_users"))
                .containsEntry("first_name", "John")
                .hasEntrySatisfying(
                        "bellhop_version",
                        version -> assertThat((String) version).startsWith("0."));
    }

    static void assertTombstone(SyncBench bench, String entity, String id, String table) {
        assertThat(Rows.count(bench.database(), table)).isZero();
        assertThat(Rows.count(bench.database(), "clerk_organizations")).isZero();
        assertThat(Rows.one(bench.database(), "select * from bellhop_tombstones"))
                .containsEntry("entity", entity)
                .containsEntry("entity_id", id)
                .containsEntry("deleted_at", 1_716_883_200_000L);
    }
}
