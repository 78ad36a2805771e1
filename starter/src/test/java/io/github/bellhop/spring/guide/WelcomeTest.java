package io.github.bellhop.spring.guide;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = RANDOM_PORT)
class WelcomeTest {
    @Autowired
    SignedEvents events;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Mirror mirror;

    @Test
    void greetsANewUser() {
        SignedEvent event = deliveries.deliver(
                events.user(UserEvent.Created.class, user -> user.id("user_1").firstName("Ann")));
        mirror.user("user_1").isLive().has("first_name", "Ann");
        mirror.awaitHandlers(event);
    }
}
