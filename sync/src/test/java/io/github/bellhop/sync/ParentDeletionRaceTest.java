package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.Repetitions;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.IncomingMessage;
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

/** On PostgreSQL, one writer deletes a parent while another writes its child. */
@SameOnEveryJdk
class ParentDeletionRaceTest {
    private static final int RACES = Repetitions.of(1_000);

    /** A child's event, its table and its parent's family; {@code %1$d} is the number of the race. */
    private record Family(String parent, String parentId, String table, String event) {}

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "organization",
                    "org_%d",
                    "clerk_organization_memberships",
                    "{'type':'organizationMembership.created','timestamp':1700000000000,'data':{'id':'orgmem_%1$d',"
                            + "'organization':{'id':'org_%1$d'},'public_user_data':{'user_id':'user_x'}}}"),
            new Family(
                    "organization",
                    "org_%d",
                    "clerk_organization_invitations",
                    "{'type':'organizationInvitation.created','timestamp':1700000000000,'data':{'id':'orginv_%1$d',"
                            + "'organization_id':'org_%1$d','status':'pending'}}"),
            new Family(
                    "organization",
                    "org_%d",
                    "clerk_organization_domains",
                    "{'type':'organizationDomain.created','timestamp':1700000000000,'data':{'id':'orgdmn_%1$d',"
                            + "'organization_id':'org_%1$d','name':'example.com'}}"),
            new Family(
                    "user",
                    "user_%d",
                    "clerk_organization_memberships",
                    "{'type':'organizationMembership.created','timestamp':1700000000000,'data':{'id':'orgmem_%1$d',"
                            + "'organization':{'id':'org_x'},'public_user_data':{'user_id':'user_%1$d'}}}"),
            new Family(
                    "user",
                    "user_%d",
                    "clerk_sessions",
                    "{'type':'session.created','timestamp':1700000000000,'data':{'id':'sess_%1$d',"
                            + "'user_id':'user_%1$d','status':'active'}}"));

    @Test
    void leavesNoLiveChildOfDeletedParent() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        int deletedFirst = 0;
        try (SyncBench bench = new SyncBench(TestDatabase.POSTGRESQL)) {
            CyclicBarrier start = new CyclicBarrier(2);
            for (int i = 0; i < RACES; i++) {
                Family family = FAMILIES.get(i % FAMILIES.size());
                IncomingMessage deletion = bench.message(
                        "msg_d" + i,
                        Json.of(
                                "{'type':'%s.deleted','timestamp':1700000000000,'data':{'id':'%s'}}",
                                family.parent(), family.parentId().formatted(i)));
                IncomingMessage creation = bench.message("msg_c" + i, Json.of(family.event(), i));
                List<Future<Long>> ends = new ArrayList<>();
                for (IncomingMessage message : List.of(deletion, creation)) {
                    Callable<Long> run = () -> {
                        start.await();
                        bench.receiveBatch(List.of(message));
                        return System.nanoTime();
                    };
                    ends.add(threads.submit(run));
                }
                deletedFirst += ends.get(0).get() < ends.get(1).get() ? 1 : 0;
            }
            for (Family family : FAMILIES) {
                assertThat(Rows.count(bench.database(), family.table() + " where deleted_at is null"))
                        .as("live rows of " + family.table())
                        .isZero();
            }
            assertThat(Rows.count(bench.database(), "clerk_organization_memberships")
                            + Rows.count(bench.database(), "clerk_organization_invitations")
                            + Rows.count(bench.database(), "clerk_organization_domains")
                            + Rows.count(bench.database(), "clerk_sessions"))
                    .isEqualTo(RACES);
            assertThat(deletedFirst).as("both orders happened").isBetween(RACES / 100, RACES - RACES / 100);
            assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                    .isZero();
        } finally {
            threads.shutdownNow();
        }
    }
}
