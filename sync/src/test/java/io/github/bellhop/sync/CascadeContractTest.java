package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.TableReader;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.sync.write.Cascades;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleting many rows changes only a limited number per transaction, but readers see all of them as deleted at once. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class CascadeContractTest {
    private static final int MANY = 2_300;
    private static final int MAX_STEP = 1_000;
    private static final byte[] ORGANIZATION_DELETED =
            Json.of("{'type':'organization.deleted','timestamp':1700000009000,'data':{'id':'org_1','deleted':true}}");
    private static final byte[] USER_DELETED =
            Json.of("{'type':'user.deleted','timestamp':1700000009000,'data':{'id':'user_1','deleted':true}}");

    @Parameter
    TestDatabase kind;

    private SyncBench bench;

    private void open(Deletes deletes) {
        bench = new SyncBench(
                kind, settings -> settings.withMirror(settings.mirror().withDeletes(deletes)));
        for (int i = 1; i <= 2; i++) {
            bench.receive(Json.of(
                    "{'type':'organization.created','timestamp':1700000000000,'data':{'id':'org_%d',"
                            + "'updated_at':1700000000000}}",
                    i));
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void fill(String table, String column, String parent, int count) {
        String time = kind == TestDatabase.SQLITE ? "'2023-01-01T00:00:00.000Z'" : "timestamptz '2023-01-01Z'";
        bench.database().inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into %s (id, %s, synced_at, bellhop_version) values (?, ?, %s, '')"
                            .formatted(table, column, time))) {
                for (int i = 0; i < count; i++) {
                    insert.setString(1, "of_%s_%06d".formatted(parent, i));
                    insert.setString(2, parent);
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
    }

    private long live(String table) {
        return Rows.count(bench.database(), table + " where deleted_at is null");
    }

    /**
     * Runs each step with a new instance, as if the process were killed after each step. Returns the number of rows
     * changed by each step.
     */
    private List<Long> steps(String table) {
        List<Long> reached = new ArrayList<>();
        long before = live(table);
        while (new Cascades(bench.database()).step()) {
            long after = live(table);
            reached.add(before - after);
            before = after;
        }
        return reached;
    }

    @Test
    void marksManyChildrenInLimitedSteps() {
        open(Deletes.SOFT);
        fill("clerk_organization_memberships", "organization_id", "org_1", MANY);
        fill("clerk_organization_memberships", "organization_id", "org_2", 3);

        assertThat(bench.stateOf(bench.receive(ORGANIZATION_DELETED))).isEqualTo("mirrored");

        assertThat(live("clerk_organizations")).isEqualTo(1);
        assertThat(live("clerk_organization_memberships")).isEqualTo(MANY + 3);
        assertThat(steps("clerk_organization_memberships"))
                .allSatisfy(step -> assertThat(step).isLessThanOrEqualTo(MAX_STEP))
                .hasSize(3);
        assertThat(live("clerk_organization_memberships")).isEqualTo(3);
        assertThat(
                        Rows.query(
                                bench.database(),
                                "select distinct m.deleted_at from clerk_organization_memberships m"
                                        + " join clerk_organizations o on o.id = m.organization_id and o.deleted_at = m.deleted_at"))
                .hasSize(1);
        assertThat(Rows.count(bench.database(), "bellhop_cascades")).isZero();
    }

    @Test
    void marksFewChildrenInOneTransaction() {
        open(Deletes.SOFT);
        fill("clerk_organization_memberships", "organization_id", "org_1", 400);
        bench.receive(ORGANIZATION_DELETED);
        assertThat(live("clerk_organization_memberships")).isZero();
        assertThat(Rows.count(bench.database(), "bellhop_cascades")).isZero();
    }

    @Test
    void showsNoLiveChildDuringCascade() {
        open(Deletes.SOFT);
        fill("clerk_organization_memberships", "organization_id", "org_1", MANY);
        fill("clerk_organization_memberships", "organization_id", "org_2", 3);
        fill("clerk_organization_invitations", "organization_id", "org_1", MANY);
        fill("clerk_sessions", "user_id", "user_1", MANY);
        fill("clerk_sessions", "user_id", "user_2", 1);
        Rows.execute(bench.database(), "update clerk_organization_memberships set user_id = 'user_' || id");
        Rows.execute(bench.database(), "update clerk_organization_invitations set status = 'pending'");
        Rows.execute(bench.database(), "update clerk_sessions set status = 'active'");
        ClerkOrganizations organizations = ClerkOrganizations.of(bench.database(), MirrorSettings.DEFAULT);
        assertThat(organizations.members("org_1", 10, null)).hasSize(10);

        bench.receive(ORGANIZATION_DELETED);
        bench.receive(USER_DELETED);
        assertThat(bench.cascades.step()).isTrue();

        assertThat(organizations.members("org_1", 10, null)).isEmpty();
        assertThat(organizations.members("org_2", 10, null)).hasSize(3);
        assertThat(organizations.membership("org_1", "user_of_org_1_002299")).isEmpty();
        assertThat(organizations.membership("org_2", "user_of_org_2_000001")).isPresent();
        assertThat(organizations.ofUser("user_of_org_1_002299", 10, null)).isEmpty();
        assertThat(organizations.ofUser("user_of_org_2_000001", 10, null)).hasSize(1);
        assertThat(Rows.count(bench.database(), "clerk_live_organization_invitations"))
                .isZero();
        assertThat(Rows.query(bench.database(), "select user_id from clerk_live_sessions"))
                .extracting(row -> row.get("user_id"))
                .containsExactly("user_2");
        assertThat(new TableReader(bench.database()).entity("org_1"))
                .filteredOn(row -> row.table().equals("clerk_organization_memberships"))
                .hasSize(100)
                .allSatisfy(row -> assertThat(row.values()).containsEntry("deleted_at", "2023-11-14T22:13:29.000Z"));
        assertThat(live("clerk_organization_memberships")).isPositive();
    }

    @Test
    void marksChildrenReceivedDuringCascade() {
        open(Deletes.SOFT);
        fill("clerk_organization_memberships", "organization_id", "org_1", MANY);
        bench.receive(ORGANIZATION_DELETED);
        bench.cascades.step();
        for (String id : List.of("orgmem_late", "of_org_1_000001", "of_org_1_002299")) {
            bench.receive(Json.of(
                    "{'type':'organizationMembership.updated','timestamp':1700000000000,'data':{'id':'%s',"
                            + "'organization':{'id':'org_1'},'updated_at':1700000000000}}",
                    id));
        }
        assertThat(Rows.query(
                        bench.database(),
                        "select id from clerk_organization_memberships where bellhop_version > ''"
                                + " and deleted_at is not null"))
                .hasSize(3);
        steps("clerk_organization_memberships");
        assertThat(live("clerk_organization_memberships")).isZero();
    }

    @Test
    void removesManyChildrenInLimitedSteps() {
        for (Deletes deletes : List.of(Deletes.HARD, Deletes.ERASE)) {
            open(deletes);
            fill("clerk_sessions", "user_id", "user_1", MANY);
            fill("clerk_sessions", "user_id", "user_2", 3);
            bench.receive(USER_DELETED);
            assertThat(live("clerk_sessions")).isEqualTo(MANY + 3);
            assertThat(steps("clerk_sessions"))
                    .allSatisfy(step -> assertThat(step).isLessThanOrEqualTo(MAX_STEP))
                    .hasSize(3);
            assertThat(Rows.query(bench.database(), "select id from clerk_sessions"))
                    .hasSize(3);
            bench.close();
        }
        open(Deletes.SOFT);
    }

    @Test
    void removesPermissionFromManyRolesInSteps() {
        open(Deletes.SOFT);
        bench.database().inTransaction(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into clerk_role_permissions values (?, 'perm_1')")) {
                for (int i = 0; i < MANY; i++) {
                    insert.setString(1, "role_" + i);
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
        bench.receive(Json.of("{'type':'permission.deleted','data':{'id':'perm_1','deleted':true}}"));
        assertThat(Rows.count(bench.database(), "clerk_role_permissions")).isEqualTo(MANY);
        int steps = 0;
        while (bench.cascades.step()) {
            steps++;
        }
        assertThat(steps).isEqualTo(3);
        assertThat(Rows.count(bench.database(), "clerk_role_permissions")).isZero();
    }

    @Test
    void continuesOtherCascadesWhenOneFails() {
        open(Deletes.SOFT);
        Rows.execute(
                bench.database(),
                "insert into bellhop_cascades values ('org_0', 'organization', 'no_such_table', 'organization_id', 1,"
                        + (kind == TestDatabase.SQLITE ? "0" : "false") + ", '')");
        fill("clerk_organization_memberships", "organization_id", "org_1", MANY);
        bench.receive(ORGANIZATION_DELETED);
        int failures = 0;
        for (int i = 0; i < 8; i++) {
            try {
                assertThat(bench.cascades.step()).isTrue();
            } catch (StoreException fault) {
                failures++;
            }
        }
        assertThat(failures).isEqualTo(5);
        assertThat(live("clerk_organization_memberships")).isZero();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> {
            bench.cascades.step();
            bench.cascades.step();
        });
    }

    @Test
    void finishesCascadeAfterCrash() {
        open(Deletes.SOFT);
        fill("clerk_organization_memberships", "organization_id", "org_1", MANY);
        bench.receive(ORGANIZATION_DELETED);
        bench.cascades.step();
        try (SyncEngine engine = new SyncEngine(bench.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
            engine.start(SchemaMode.NONE);
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (Rows.count(bench.database(), "bellhop_cascades") > 0) {
                assertThat(System.nanoTime()).as("the cascade takes too long").isLessThan(end);
                Thread.onSpinWait();
            }
        }
        assertThat(live("clerk_organization_memberships")).isZero();
    }

    @Test
    void keepsEarlierTimeOfTwoDeletions() {
        open(Deletes.SOFT);
        fill("clerk_organization_memberships", "organization_id", "org_1", MANY);
        bench.receive(ORGANIZATION_DELETED);
        bench.cascades.step();
        bench.receive(Json.of(
                "{'type':'organization.deleted','timestamp':1700000001000,'data':{'id':'org_1','deleted':true}}"));
        bench.receive(ORGANIZATION_DELETED);
        steps("clerk_organization_memberships");
        assertThat(Rows.query(bench.database(), "select distinct deleted_at from clerk_organization_memberships"))
                .extracting(row -> row.get("deleted_at"))
                .containsExactly("2023-11-14T22:13:21.000Z");
    }
}
