package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two writers on one PostgreSQL: while one deletes a parent, the other writes its child. */
class ParentDeletionRaceTest {
    private static final int RACES = 200;

    @Test
    void leavesNoLiveChildOfADeletedParent() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SyncBench bench = new SyncBench(TestDatabase.POSTGRESQL)) {
            CyclicBarrier start = new CyclicBarrier(2);
            for (int i = 0; i < RACES; i++) {
                IncomingMessage deletion = bench.message(
                        "msg_d" + i,
                        Json.of("{'type':'organization.deleted','timestamp':1700000000000,'data':{'id':'org_%d'}}", i));
                IncomingMessage creation = bench.message(
                        "msg_c" + i,
                        Json.of(
                                "{'type':'organizationMembership.created','timestamp':1700000000000,'data':{"
                                        + "'id':'orgmem_%d','organization':{'id':'org_%d'},'public_user_data':{'user_id':'u'}}}",
                                i, i));
                List<Future<?>> both = new ArrayList<>();
                for (IncomingMessage message : List.of(deletion, creation)) {
                    Callable<Object> run = () -> {
                        start.await();
                        return bench.receiveBatch(List.of(message));
                    };
                    both.add(threads.submit(run));
                }
                for (Future<?> one : both) {
                    one.get();
                }
            }
            assertThat(Rows.query(
                            bench.database(), "select id from clerk_organization_memberships where deleted_at is null"))
                    .isEmpty();
            assertThat(Rows.count(bench.database(), "clerk_organization_memberships"))
                    .isEqualTo(RACES);
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .isZero();
        } finally {
            threads.shutdownNow();
        }
    }
}
