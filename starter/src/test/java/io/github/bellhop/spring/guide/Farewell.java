package io.github.bellhop.spring.guide;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.spring.OnClerkEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class Farewell {
    private final JdbcTemplate jdbc;

    Farewell(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @OnClerkEvent(value = "farewell", timeout = "10s", attempts = "5", firstDelay = "2s", maxDelay = "1h")
    void part(UserEvent.Deleted deleted) {
        jdbc.update("delete from greetings where user_id = ?", deleted.data().id());
    }
}
