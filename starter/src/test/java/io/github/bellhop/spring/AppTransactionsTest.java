package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.github.bellhop.sync.handle.RunTransactions;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** Tests runs in an app's transactions, on an SQLite file that the app opens through its own DataSource. */
class AppTransactionsTest {
    private final String url = TestDatabase.SQLITE.fresh().url();
    private final DataSource ofBellhop = file();
    private final DataSource ofApp = file();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final Database database = Database.of(ofBellhop, Databases.dialectOf(url));
    private final JdbcTemplate jdbc = new JdbcTemplate(ofApp);
    private final List<String> calls = new ArrayList<>();

    private DataSource file() {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }

    @BeforeEach
    void makeTable() {
        jdbc.execute("create table log (text text)");
        beans.registerSingleton("manager", new DataSourceTransactionManager(ofApp));
    }

    @AfterEach
    void unbindsEverything() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    private List<String> logged() {
        return jdbc.queryForList("select text from log order by text", String.class);
    }

    /** A run of this handler; an exception counts as a failure. */
    private final class Run implements Predicate<RunTransactions.Transaction> {
        private final DataSource joining;
        private final Runnable handler;

        Run(Runnable handler) {
            this(ofApp, handler);
        }

        Run(DataSource joining, Runnable handler) {
            this.joining = joining;
            this.handler = handler;
        }

        @Override
        public boolean test(RunTransactions.Transaction transaction) {
            Savepoint claimed = transaction.on(Connection::setSavepoint);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    calls.add("before commit");
                }

                @Override
                public void afterCompletion(int status) {
                    calls.add(status == STATUS_COMMITTED ? "committed" : "rolled back");
                }
            });
            try {
                assertThat(DataSourceUtils.getConnection(joining)).isSameAs(transaction.on(connection -> connection));
                new JdbcTemplate(joining).update("insert into log values ('written')");
                handler.run();
                transaction.settle();
            } catch (RuntimeException failed) {
                boolean unused = transaction.on(connection -> {
                    connection.rollback(claimed);
                    return true;
                });
                transaction.commitFailed(note("noted " + failed.getClass().getSimpleName()));
                return true;
            }
            transaction.commit(note("noted as done"));
            return true;
        }
    }

    private Database.Work<Boolean> note(String note) {
        return connection -> {
            calls.add("note");
            try (Statement statement = connection.createStatement()) {
                return statement.execute("insert into log values ('" + note + "')");
            }
        };
    }

    private void run(Runnable handler) {
        new AppTransactions(database, new AppResources(ofBellhop, ofApp, beans))
                .run(Duration.ofSeconds(5), new Run(handler));
    }

    @Test
    void commitsTheResultLastTogetherWithTheWrites() {
        run(() -> {});
        assertThat(logged()).containsExactly("noted as done", "written");
        assertThat(calls).containsExactly("before commit", "note", "committed");
    }

    @Test
    void commitsOnlyTheResultOfAFailedRun() {
        run(() -> {
            throw new IllegalStateException();
        });
        assertThat(logged()).containsExactly("noted IllegalStateException");
        assertThat(calls).containsExactly("note", "rolled back");
    }

    @Test
    void failsIfTheTransactionIsMarkedForRollback() {
        TransactionTemplate joining = new TransactionTemplate(new DataSourceTransactionManager(ofApp));
        run(() -> joining.executeWithoutResult(status -> status.setRollbackOnly()));
        assertThat(logged()).containsExactly("noted UnexpectedRollbackException");
        assertThat(calls).containsExactly("note", "rolled back");
    }

    @Test
    void staysCommittedIfAListenerThrowsAfterTheCommit() {
        run(() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                throw new IllegalStateException("too late");
            }
        }));
        assertThat(logged()).containsExactly("noted as done", "written");
    }

    @Test
    void warnsAboutAListenerThatBlocksTheThread() {
        Logger log = (Logger) LoggerFactory.getLogger(AppTransactions.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Level before = log.getLevel();
        log.setLevel(Level.WARN);
        log.addAppender(lines);
        lines.start();
        try {
            new AppTransactions(database, new AppResources(ofBellhop, ofApp, beans))
                    .run(Duration.ofMillis(1), new Run(AppTransactionsTest::listenSlowly));
            assertThat(lines.list).singleElement().asString().contains("AFTER_COMMIT", "timeout of 1 ms");
        } finally {
            log.detachAppender(lines);
            log.setLevel(before);
        }
    }

    private static void listenSlowly() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < Duration.ofMillis(2).toNanos()) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Test
    void rollsBackIfAListenerThrowsBeforeTheCommit() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> run(() ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                throw new IllegalStateException("in time");
                            }
                        })));
        assertThat(logged()).isEmpty();
        assertThat(calls).containsExactly("before commit", "rolled back");
    }

    /** Claims to manage the DataSource but binds none of its connections. */
    static final class Silent extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;
        private final transient DataSource dataSource;

        Silent(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        public DataSource getDataSource() {
            return dataSource;
        }

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    @Test
    void rejectsAManagerThatExposesNoConnection() {
        DefaultListableBeanFactory other = new DefaultListableBeanFactory();
        other.registerSingleton("manager", new Silent(ofBellhop));
        AppTransactions transactions = new AppTransactions(database, new AppResources(ofBellhop, ofBellhop, other));
        assertThatExceptionOfType(MisconfigurationException.class)
                .isThrownBy(() -> transactions.run(Duration.ofSeconds(5), new Run(() -> {})))
                .withMessageContaining("Silent");
        assertThat(calls).isEmpty();
    }

    @Test
    void prefersTheManagerOfTheSameDatabase() {
        PlatformTransactionManager wanted = new DataSourceTransactionManager(ofBellhop);
        beans.registerSingleton("wanted", wanted);
        assertThat(new AppResources(ofBellhop, ofBellhop, beans).manager()).isSameAs(wanted);
        assertThat(new AppResources(ofBellhop, ofBellhop, new DefaultListableBeanFactory()).manager())
                .isInstanceOf(DataSourceTransactionManager.class);
    }

    @Test
    void bindsTheConnectionToEveryWrapperOfTheDataSource() {
        DataSource bean = new DelegatingDataSource(ofBellhop);
        beans.registerSingleton("bean", bean);
        beans.registerSingleton("ofJpa", new DataSourceTransactionManager(new Traced(ofBellhop)));
        new AppTransactions(database, new AppResources(bean, bean, beans))
                .run(Duration.ofSeconds(5), new Run(bean, () -> {
                    new JdbcTemplate(ofBellhop).update("insert into log values ('by the pool')");
                    throw new IllegalStateException();
                }));
        assertThat(logged()).containsExactly("noted IllegalStateException");
        assertThat(calls).containsExactly("note", "rolled back");
    }

    @Test
    void suspendsTheOtherWrappersDuringASeparateTransaction() {
        DataSource bean = new DelegatingDataSource(ofBellhop);
        PlatformTransactionManager manager = new DataSourceTransactionManager(new Traced(ofBellhop));
        beans.registerSingleton("ofJpa", manager);
        TransactionTemplate apart = new TransactionTemplate(manager);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        new AppTransactions(database, new AppResources(bean, bean, beans))
                .run(
                        Duration.ofSeconds(5),
                        new Run(
                                bean,
                                () -> apart.executeWithoutResult(
                                        status -> assertThat(TransactionSynchronizationManager.hasResource(bean))
                                                .isFalse())));
        assertThat(logged()).containsExactly("noted as done", "written");
    }

    /** A library's wrapper that exposes its DataSource only through JDBC's {@code unwrap}. */
    static final class Traced extends AbstractDataSource {
        private final DataSource traced;

        Traced(DataSource traced) {
            this.traced = traced;
        }

        public DataSource getRealDataSource() {
            return traced;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return traced.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return traced.getConnection(user, password);
        }
    }

    /** Opens connections to the same file but does not expose its URL. */
    static final class Opaque extends AbstractDataSource {
        private final DataSource hidden;

        Opaque(DataSource hidden) {
            this.hidden = hidden;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return hidden.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return hidden.getConnection(user, password);
        }
    }

    @Test
    void rejectsTransactionsThatRunsCannotJoin() {
        AppResources resources = new AppResources(ofBellhop, ofBellhop, beans);
        beans.destroySingleton("manager");
        assertThat(resources.check()).isNull();
        beans.registerSingleton("ofJpa", new DataSourceTransactionManager(new Opaque(ofBellhop)));
        assertThatExceptionOfType(MisconfigurationException.class)
                .isThrownBy(resources::check)
                .withMessageContainingAll("ofJpa", "SQLiteDataSource");
        beans.registerSingleton("fitting", new DataSourceTransactionManager(new Traced(ofBellhop)));
        assertThat(resources.check()).isNull();
    }

    @Test
    void warnsAboutTransactionsOfAnotherDatabase() {
        beans.destroySingleton("manager");
        try (HikariDataSource one = new HikariDataSource();
                HikariDataSource other = new HikariDataSource()) {
            one.setJdbcUrl("jdbc:postgresql://localhost:1/one?user=a");
            other.setJdbcUrl("jdbc:postgresql://localhost:1/other");
            beans.registerSingleton("elsewhere", new DataSourceTransactionManager(other));
            assertThat(new AppResources(one, one, beans).check()).contains("elsewhere");
            other.setJdbcUrl("jdbc:postgresql://localhost:1/one");
            assertThatExceptionOfType(MisconfigurationException.class)
                    .isThrownBy(new AppResources(one, one, beans)::check);
        }
    }

    static final class OfTheApp extends DataSourceTransactionManager {
        private static final long serialVersionUID = 1L;

        OfTheApp(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            super.doRollback(status);
            throw new TransactionSystemException("too late");
        }
    }

    @Test
    void joinsAManagerThatExtendsTheJdbcManager() {
        beans.destroySingleton("manager");
        beans.registerSingleton("manager", new OfTheApp(ofApp));
        run(() -> {});
        assertThat(logged()).containsExactly("noted as done", "written");
    }

    @Test
    void commitsTheResultEvenIfTheRollbackFails() {
        beans.registerSingleton("failing", new OfTheApp(ofBellhop));
        boolean run = new AppTransactions(database, new AppResources(ofBellhop, ofBellhop, beans))
                .run(Duration.ofSeconds(5), transaction -> {
                    transaction.commitFailed(note("noted"));
                    return true;
                });
        assertThat(run).isTrue();
        assertThat(logged()).containsExactly("noted");
    }
}
