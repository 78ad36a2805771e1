package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.sync.backend.BackendAnswer;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendApiSettings;
import io.github.bellhop.sync.backend.BackendEntity;
import io.github.bellhop.sync.backend.BackendPage;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.testing.Dump;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entities fetched from the simulator equal those mirrored from its events. */
class SimulatedFetchTest {
    private final ClerkSimulator clerk = ClerkSimulator.start();
    private final BackendApi api =
            new BackendApi(BackendApiSettings.of(clerk.secretKey()).withUrl(clerk.url()));

    @AfterEach
    void close() {
        clerk.close();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void mirrorsSameRowsAsEvents(TestDatabase kind) {
        try (SyncBench delivered = new SyncBench(kind);
                SyncBench fetched = new SyncBench(kind)) {
            SimulatedEndpoint unused = clerk.deliverTo((headers, body) -> {
                synchronized (delivered) {
                    delivered.receive(body);
                }
                return 200;
            });
            clerk.clerk().seed(20, 4, true);
            clerk.awaitDelivered(Duration.ofSeconds(60));

            Fetcher fetcher = new Fetcher(
                    fetched.database(),
                    SyncSettings.builder().clock(fetched.clock).build(),
                    api,
                    FetchSettings.DEFAULT.withRate(1000, 1000),
                    fetched.registry);
            fetchAll(fetcher, BackendEntity.USER, delivered.database(), "clerk_users");
            fetchAll(fetcher, BackendEntity.ORGANIZATION, delivered.database(), "clerk_organizations");
            List<String> rows = entities(fetched.database());
            assertThat(rows).isEqualTo(entities(delivered.database())).hasSizeGreaterThan(24);
        }
    }

    private static void fetchAll(Fetcher fetcher, BackendEntity entity, Database delivered, String table) {
        for (Map<String, Object> row : Rows.query(delivered, "select id from " + table)) {
            assertThat(fetcher.fetch(entity, (String) row.get("id"))).isTrue();
        }
    }

    /**
     * Returns users and organizations without the columns that depend on a row's source and the time of writing. Also
     * leaves out the counts of an organization: only some nested copies contain them, so the order of events decides
     * whether they are set.
     */
    private static List<String> entities(Database database) {
        return Dump.of(database).stream()
                .filter(row -> row.startsWith("clerk_user") || row.startsWith("clerk_organizations"))
                .map(row ->
                        row.replaceAll(" (synced_at|bellhop_version|members_count|pending_invitations_count)=\\S*", ""))
                .toList();
    }

    @Test
    void readsPages() {
        clerk.clerk().seed(3, 0, false);
        BackendAnswer page = api.list(new BackendPage(BackendPage.Listing.USERS, 2, 2));
        assertThat(page)
                .isInstanceOfSatisfying(
                        BackendAnswer.Found.class,
                        found -> assertThat(new String(found.body(), StandardCharsets.UTF_8)
                                        .split("\"object\":\"user\"", -1))
                                .hasSize(2));
        assertThat(new BackendApi(BackendApiSettings.of("sk_test_other").withUrl(clerk.url()))
                        .get(BackendEntity.USER, "user_1"))
                .isEqualTo(new BackendAnswer.Refused(401));
        assertThat(api.get(BackendEntity.USER, "user_1")).isEqualTo(new BackendAnswer.Missing());
        assertThat(api.get(BackendEntity.ORGANIZATION, "org_1")).isEqualTo(new BackendAnswer.Missing());
    }
}
