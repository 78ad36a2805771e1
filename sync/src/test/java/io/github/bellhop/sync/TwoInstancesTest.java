package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.RandomHistory;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances write to one PostgreSQL database at the same time. */
@SameOnEveryJdk
class TwoInstancesTest {
    private static final int ROUNDS = 40;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private SyncBench bench;

    @BeforeEach
    void open() {
        bench = new SyncBench(TestDatabase.POSTGRESQL);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        bench.close();
    }

    private List<List<Receipt>> both(List<List<IncomingMessage>> first, List<List<IncomingMessage>> second)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<List<Receipt>>> running = new ArrayList<>();
        for (List<List<IncomingMessage>> batches : List.of(first, second)) {
            Callable<List<Receipt>> run = () -> {
                start.await();
                List<Receipt> receipts = new ArrayList<>();
                batches.forEach(batch -> receipts.addAll(bench.receiveBatch(batch)));
                return receipts;
            };
            running.add(threads.submit(run));
        }
        return List.of(running.get(0).get(), running.get(1).get());
    }

    private static List<List<IncomingMessage>> batches(List<IncomingMessage> messages, Random random) {
        List<IncomingMessage> shuffled = new ArrayList<>(messages);
        Collections.shuffle(shuffled, random);
        List<List<IncomingMessage>> batches = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(30));
            batches.add(shuffled.subList(from, to));
            from = to;
        }
        return batches;
    }

    private void assertNoFallbackAndNoDeadlock() {
        assertThat(bench.registry.get("bellhop.batch.fallback").counter().count())
                .isZero();
        assertThat(Rows.one(
                        bench.database(),
                        "select deadlocks as n from pg_stat_database where datname = current_database()"))
                .containsEntry("n", 0L);
    }

    @Test
    void storesMessagesOnceWhenBothReceiveThem() throws Exception {
        long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
        for (long s = seed; s < seed + ROUNDS; s++) {
            List<IncomingMessage> messages = new ArrayList<>();
            for (byte[] payload : RandomHistory.of(s, 60)) {
                messages.add(bench.message("msg_%d_%d".formatted(s, messages.size()), payload));
            }
            Random random = new Random(s);
            List<List<IncomingMessage>> first = batches(messages, random);
            List<List<IncomingMessage>> second = batches(messages, random);
            List<List<Receipt>> receipts = both(first, second);
            Map<String, Integer> kept = new HashMap<>();
            for (int i = 0; i < 2; i++) {
                List<IncomingMessage> sent =
                        (i == 0 ? first : second).stream().flatMap(List::stream).toList();
                for (int j = 0; j < sent.size(); j++) {
                    kept.merge(sent.get(j).messageId(), receipts.get(i).get(j) == Receipt.KEPT ? 1 : 0, Integer::sum);
                }
            }
            assertThat(kept.values()).as("seed %d", s).hasSize(60).containsOnly(1);
        }
        assertNoFallbackAndNoDeadlock();
    }

    @Test
    void writesRowsWithDifferentColumnsWithoutDeadlock() throws Exception {
        long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<IncomingMessage> first = new ArrayList<>();
            List<IncomingMessage> second = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                for (List<IncomingMessage> batch : List.of(first, second)) {
                    if (random.nextInt(3) > 0) {
                        batch.add(organization(batch == first ? "a" : "b", i % 4, i, n, random.nextBoolean()));
                    }
                }
            }
            both(List.of(first), List.of(second));
        }
        assertNoFallbackAndNoDeadlock();
    }

    private IncomingMessage organization(String from, int group, int round, int number, boolean named) {
        return bench.message(
                "msg_%s_%d_%d".formatted(from, round, number),
                Json.of(
                        "{'type':'organization.updated','timestamp':1700000000000,'data':{'id':'org_%d_%d',%s}}",
                        group, number, named ? "'name':'n'" : "'slug':'s'"));
    }

    @Test
    void marksChildrenOfSeveralParentsWithoutDeadlock() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            List<IncomingMessage> members = new ArrayList<>();
            List<IncomingMessage> users = new ArrayList<>();
            List<IncomingMessage> organizations = new ArrayList<>();
            List<IncomingMessage> memberships = new ArrayList<>();
            List<Integer> numbers = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                numbers.add(n);
            }
            Collections.shuffle(numbers, new Random(i));
            for (int n : numbers) {
                members.add(bench.message(
                        "msg_m%d_%d".formatted(i, n),
                        Json.of(
                                "{'type':'organizationMembership.created','timestamp':1700000000000,'data':{'id':'orgmem_%d_%d',"
                                        + "'organization':{'id':'org_%d_%d'},'public_user_data':{'user_id':'user_%d_%d'}}}",
                                i, n, i, n, i, 39 - n)));
                users.add(deleted("user", i, n));
                organizations.add(deleted("organization", i, n));
                memberships.add(deleted("organizationMembership", i, n));
            }
            bench.receiveBatch(members);
            both(List.of(users), List.of(i % 2 == 0 ? organizations : memberships));
        }
        assertNoFallbackAndNoDeadlock();
    }

    private IncomingMessage deleted(String family, int round, int number) {
        String prefix = family.equals("user") ? "user" : family.equals("organization") ? "org" : "orgmem";
        return bench.message(
                "msg_%s_%d_%d".formatted(prefix, round, number),
                Json.of(
                        "{'type':'%s.deleted','timestamp':1700000001000,'data':{'id':'%s_%d_%d'}}",
                        family, prefix, round, number));
    }

    @Test
    void retriesMessageClaimedByDeadInstance() {
        String id = bench.receive(
                Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1','updated_at':1}}"));
        Rows.execute(bench.database(), "update bellhop_inbox set state = 'kept', next_attempt_at = 0");
        assertThatThrownBy(() -> bench.database().inTransaction(dying -> {
                    assertThat(InboxSql.claimDue(dying, bench.database().dialect(), bench.clock.millis()))
                            .isPresent();
                    assertThat(bench.worker.runOnce())
                            .as("while the other instance claims it")
                            .isZero();
                    int pid = backendPid(dying);
                    Rows.execute(bench.database(), "select pg_terminate_backend(%d, 5000)".formatted(pid));
                    assertThat(bench.worker.runOnce())
                            .as("after the other instance died")
                            .isEqualTo(1);
                    return null;
                }))
                .as("the commit of the dead instance")
                .isInstanceOf(StoreException.class);
        assertThat(bench.stateOf(id)).isEqualTo("mirrored");
    }

    private static int backendPid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
