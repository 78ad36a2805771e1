package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.sync.handle.RunTransactions;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

/** The steps of a run in transactions of an app, on a file of SQLite that the app has another way to. */
class AppTransactionsTest {
    private final String url = TestDatabase.SQLITE.fresh().url();
    private final DataSource ofBellhop = file();
    private final DataSource ofApp = file();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final Database database = Database.of(ofBellhop, Databases.dialectOf(url));
    private final JdbcTemplate jdbc = new JdbcTemplate(ofApp);
    private final List<String> told = new ArrayList<>();

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
    void leavesNothingBound() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    }

    private List<String> logged() {
        return jdbc.queryForList("select text from log order by text", String.class);
    }

    /** Calls as a run does: what is thrown is a failure. */
    private final class Steps implements RunTransactions.Steps {
        private final Runnable handler;
        private String note = "noted as done";

        Steps(Runnable handler) {
            this.handler = handler;
        }

        @Override
        public boolean claim(Connection connection) {
            return true;
        }

        @Override
        public boolean call(Connection connection, Runnable settle) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    told.add("before commit");
                }

                @Override
                public void afterCompletion(int status) {
                    told.add(status == STATUS_COMMITTED ? "committed" : "rolled back");
                }
            });
            try {
                assertThat(DataSourceUtils.getConnection(ofApp)).isSameAs(connection);
                jdbc.update("insert into log values ('written')");
                handler.run();
                settle.run();
                return true;
            } catch (RuntimeException failed) {
                note = "noted " + failed.getClass().getSimpleName();
                return false;
            }
        }

        @Override
        public void note(Connection connection) throws SQLException {
            told.add("note");
            try (Statement statement = connection.createStatement()) {
                statement.execute("insert into log values ('" + note + "')");
            }
        }
    }

    private void run(Runnable handler) {
        new AppTransactions(database, new AppResources(ofBellhop, ofApp, beans))
                .run(Duration.ofSeconds(5), new Steps(handler));
    }

    @Test
    void keepsTheNoteWithWhatWasWrittenAndWritesItLast() {
        run(() -> {});
        assertThat(logged()).containsExactly("noted as done", "written");
        assertThat(told).containsExactly("before commit", "note", "committed");
    }

    @Test
    void keepsTheNoteAloneOfWhatFailed() {
        run(() -> {
            throw new IllegalStateException();
        });
        assertThat(logged()).containsExactly("noted IllegalStateException");
        assertThat(told).containsExactly("note", "rolled back");
    }

    @Test
    void failsWhenAPartGaveTheTransactionUp() {
        TransactionTemplate joining = new TransactionTemplate(new DataSourceTransactionManager(ofApp));
        run(() -> joining.executeWithoutResult(status -> status.setRollbackOnly()));
        assertThat(logged()).containsExactly("noted UnexpectedRollbackException");
        assertThat(told).containsExactly("note", "rolled back");
    }

    @Test
    void staysCommittedThoughAListenerThrowsAfterwards() {
        run(() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                throw new IllegalStateException("too late");
            }
        }));
        assertThat(logged()).containsExactly("noted as done", "written");
    }

    @Test
    void losesEverythingWhenAListenerThrowsBefore() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> run(() ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                throw new IllegalStateException("in time");
                            }
                        })));
        assertThat(logged()).isEmpty();
        assertThat(told).containsExactly("before commit", "rolled back");
    }

    /** Says that it is of the DataSource, and binds no connection of it. */
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
    void refusesAManagerThatShowsNoConnection() {
        DefaultListableBeanFactory other = new DefaultListableBeanFactory();
        other.registerSingleton("manager", new Silent(ofBellhop));
        AppTransactions transactions = new AppTransactions(database, new AppResources(ofBellhop, ofBellhop, other));
        assertThatExceptionOfType(MisconfigurationException.class)
                .isThrownBy(() -> transactions.run(Duration.ofSeconds(5), new Steps(() -> {})))
                .withMessageContaining("Silent");
        assertThat(told).isEmpty();
    }

    @Test
    void prefersTheManagerOfTheSameDatabase() {
        PlatformTransactionManager wanted = new DataSourceTransactionManager(ofBellhop);
        beans.registerSingleton("wanted", wanted);
        assertThat(new AppResources(ofBellhop, ofBellhop, beans).manager()).isSameAs(wanted);
        assertThat(new AppResources(ofBellhop, ofBellhop, new DefaultListableBeanFactory()).manager())
                .isInstanceOf(DataSourceTransactionManager.class);
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
    void isJoinedThroughAManagerThatExtendsTheOneForJdbc() {
        beans.destroySingleton("manager");
        beans.registerSingleton("manager", new OfTheApp(ofApp));
        run(() -> {});
        assertThat(logged()).containsExactly("noted as done", "written");
    }

    @Test
    void hasNotedAFailureThoughTheRollbackFailsThen() {
        beans.registerSingleton("failing", new OfTheApp(ofBellhop));
        RunTransactions.Steps failing = new RunTransactions.Steps() {
            @Override
            public boolean claim(Connection connection) {
                return true;
            }

            @Override
            public boolean call(Connection connection, Runnable settle) {
                return false;
            }

            @Override
            public void note(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("insert into log values ('noted')");
                }
            }
        };
        new AppTransactions(database, new AppResources(ofBellhop, ofBellhop, beans))
                .run(Duration.ofSeconds(5), failing);
        assertThat(logged()).containsExactly("noted");
    }
}
