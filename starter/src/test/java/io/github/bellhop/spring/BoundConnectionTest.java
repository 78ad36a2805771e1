package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;

class BoundConnectionTest {
    private final SQLiteDataSource dataSource = new SQLiteDataSource();
    private final BoundConnection bound = new BoundConnection(dataSource);
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        dataSource.setUrl("jdbc:sqlite::memory:");
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void leavesNothingBound() throws SQLException {
        assertThat(TransactionSynchronizationManager.hasResource(dataSource)).isFalse();
        assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
        assertThat(connection.isClosed()).isFalse();
        connection.close();
    }

    @Test
    void isTheConnectionOfTheDataSource() throws Exception {
        Object seen = bound.within(connection, () -> DataSourceUtils.getConnection(dataSource));
        assertThat(seen).isSameAs(connection);
    }

    @Test
    void isLeftOpenByATransactionThatJoinsIt() throws Exception {
        TransactionTemplate joining = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        Object seen =
                bound.within(connection, () -> joining.execute(status -> DataSourceUtils.getConnection(dataSource)));
        assertThat(seen).isSameAs(connection);
        assertThat(connection.getAutoCommit()).isFalse();
    }

    @Test
    void failsWhenAPartGaveTheTransactionUp() {
        TransactionTemplate joining = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        assertThatExceptionOfType(UnexpectedRollbackException.class)
                .isThrownBy(() -> bound.within(connection, () -> {
                    joining.executeWithoutResult(status -> status.setRollbackOnly());
                    return "done";
                }));
    }

    @Test
    void passesOnWhatIsThrown() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> bound.within(connection, () -> {
                    throw new IllegalStateException("as it is");
                }));
    }
}
