package io.github.bellhop.spring;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.HandlerRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** The handlers of the apps under test. Each of them writes a note; some roll back at the first call. */
class NoteTaker {
    private final JdbcTemplate jdbc;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    NoteTaker(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @OnClerkEvent("by-template")
    HandlerOutcome byTemplate(UserEvent.Created created, HandlerRun run) {
        jdbc.update(
                "insert into notes (text) values (?)",
                "template " + created.data().id());
        return seen.add("template " + created.data().id())
                ? HandlerOutcome.retryAt(run.receivedAt())
                : HandlerOutcome.done();
    }

    @OnClerkEvent("in-a-transaction")
    @Transactional
    public HandlerOutcome inATransaction(HandlerRun run, UserEvent.Created created) {
        jdbc.update(
                "insert into notes (text) values (?)",
                "transaction " + created.data().id());
        return seen.add("transaction " + created.data().id())
                ? HandlerOutcome.retryAt(run.receivedAt())
                : HandlerOutcome.done();
    }

    @OnClerkEvent
    void onConnection(UserEvent.Created created, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into notes (text) values (?)")) {
            statement.setString(1, "connection " + created.data().id());
            statement.executeUpdate();
        }
    }
}
