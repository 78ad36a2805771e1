package io.github.bellhop.spring.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs the code from the documentation together, as one app. */
@SpringBootTest(webEnvironment = RANDOM_PORT)
class GuideAppTest {
    @Autowired
    private SignedEvents events;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private Mirror mirror;

    @Autowired
    private Profile profile;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void greetsRemovesAndFindsUsers() {
        mirror.awaitHandlers(deliveries.deliver(
                events.user(UserEvent.Created.class, user -> user.id("user_2").firstName("Bea"))));
        assertThat(greeted()).contains("user_2");
        assertThat(profile.of("user_2").map(ClerkUser::firstName)).contains("Bea");
        mirror.awaitHandlers(deliveries.deliver(events.user(UserEvent.Deleted.class, user -> user.id("user_2"))));
        assertThat(greeted()).doesNotContain("user_2");
    }

    private List<String> greeted() {
        return jdbc.queryForList("select user_id from greetings", String.class);
    }
}
