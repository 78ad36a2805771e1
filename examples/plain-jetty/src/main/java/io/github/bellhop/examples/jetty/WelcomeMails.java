package io.github.bellhop.examples.jetty;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.EventHandler;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.HandlerRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Queues a welcome e-mail for each new user, exactly once. The row is written on the run's connection, so it is committed
 * in the transaction that marks the event as done.
 */
final class WelcomeMails implements EventHandler<UserEvent.Created> {
    static void createTable(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists welcome_mails (user_id text not null, name text)");
        }
    }

    @Override
    public HandlerOutcome handle(UserEvent.Created created, HandlerRun run) throws SQLException {
        try (PreparedStatement insert =
                run.connection().prepareStatement("insert into welcome_mails (user_id, name) values (?, ?)")) {
            insert.setString(1, created.data().id());
            insert.setString(2, created.data().firstName());
            insert.executeUpdate();
        }
        return HandlerOutcome.done();
    }
}
