package io.github.bellhop.spring.guide;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.spring.OnClerkEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class Welcome {
    private final JdbcTemplate jdbc;

    Welcome(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @OnClerkEvent("welcome")
    void greet(UserEvent.Created created) {
        jdbc.update("insert into greetings (user_id) values (?)", created.data().id());
    }
}
