package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendApiSettings;
import io.github.bellhop.sync.fetch.FetchException;
import io.github.bellhop.sync.fetch.FetchSettings;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests finders in the transactions of an app whose pool has two connections. */
class FinderDatabaseTest {
    private static final int CONNECTIONS = 2;

    /** The app's pool, Bellhop's database, and the finders as the starters create them. */
    private record App(HikariDataSource pool, OpenDatabase open, FinderDatabase finders) implements AutoCloseable {
        static App on(TestDatabase kind) {
            DatabaseSettings settings = kind.fresh();
            OpenDatabase open = TestDatabase.open(settings);
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(settings.url());
            pool.setUsername(settings.user());
            pool.setPassword(settings.password());
            pool.setMaximumPoolSize(CONNECTIONS);
            pool.setConnectionTimeout(2_000);
            // PostgreSQL is used through the app's pool, here in a wrapper; an SQLite file is opened a second time.
            Database database = kind == TestDatabase.SQLITE
                    ? open.database()
                    : Database.of(
                            new DelegatingDataSource(pool), open.database().dialect());
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            jdbc.update(
                    "insert into clerk_users (id, first_name, bellhop_version, synced_at) values ('user_ann', 'Ann', '1', '2026-01-01T00:00:00.000Z')");
            return new App(pool, open, ReadingDataSource.finders(database, pool));
        }

        TransactionTemplate transaction() {
            return new TransactionTemplate(new DataSourceTransactionManager(pool));
        }

        ClerkUsers users() {
            return ClerkUsers.of(finders.database(), SyncSettings.defaults().mirror());
        }

        String firstName() {
            return users().find("user_ann").map(ClerkUser::firstName).orElse("nobody");
        }

        @Override
        public void close() {
            pool.close();
            open.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsUsersWithMoreTransactionsThanConnections(TestDatabase kind) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CyclicBarrier bothHoldAConnection = new CyclicBarrier(CONNECTIONS);
        try (App app = App.on(kind)) {
            List<Future<String>> found = new ArrayList<>();
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                found.add(threads.submit(() -> app.transaction().execute(status -> {
                    await(bothHoldAConnection);
                    return app.firstName();
                })));
            }
            for (Future<String> each : found) {
                assertThat(each.get(120, TimeUnit.SECONDS)).isEqualTo("Ann");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            int unused = barrier.await(120, TimeUnit.SECONDS);
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void readsUncommittedWritesOfItsTransaction(TestDatabase kind) {
        try (App app = App.on(kind)) {
            String within = app.transaction().execute(status -> {
                new JdbcTemplate(app.pool()).update("update clerk_users set first_name = 'Bea'");
                status.setRollbackOnly();
                return app.firstName();
            });
            assertThat(within).isEqualTo("Bea");
            assertThat(app.firstName()).isEqualTo("Ann");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keepsTheTransactionUsableAfterAFailedQuery(TestDatabase kind) {
        try (App app = App.on(kind)) {
            JdbcTemplate jdbc = new JdbcTemplate(app.pool());
            app.transaction().executeWithoutResult(status -> {
                jdbc.execute("alter table clerk_users rename to elsewhere");
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> app.users().find("user_ann"));
                jdbc.execute("alter table elsewhere rename to clerk_users");
                jdbc.update("update clerk_users set first_name = 'Bea'");
            });
            assertThat(app.firstName()).isEqualTo("Bea");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void fetchesFromClerkOnlyOutsideTransactions(TestDatabase kind) {
        try (App app = App.on(kind)) {
            // A port that is closed on every machine.
            BackendApi nobody =
                    new BackendApi(BackendApiSettings.of("sk_test_1").withUrl(URI.create("http://localhost:1")));
            Fetcher fetcher = new Fetcher(
                    app.finders().database(),
                    SyncSettings.defaults(),
                    nobody,
                    FetchSettings.DEFAULT,
                    new SimpleMeterRegistry());
            ClerkUsers users = app.users().fetching(app.finders().guarded(fetcher));
            TransactionTemplate transaction = app.transaction();
            transaction.setReadOnly(true);
            transaction.executeWithoutResult(status -> {
                assertThat(users.getOrFetch("user_ann")).isPresent();
                assertThatExceptionOfType(FetchException.class)
                        .isThrownBy(() -> users.getOrFetch("user_bob"))
                        .satisfies(refused -> assertThat(refused.code()).isEqualTo("fetch-in-transaction"));
            });
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> users.getOrFetch("user_bob"))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("fetch-unavailable"));
        }
    }
}
