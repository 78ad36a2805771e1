package io.github.bellhop.spring.boot;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.spring.MockMvcContract;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.spring.EventRequests;
import org.junit.jupiter.api.Test;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.client.RestTestClient;

@AutoConfigureMockMvc
class MockMvcTest extends MockMvcContract {
    @Test
    void worksWithRestTestClient() {
        SignedEvent event = events.user(UserEvent.Created.class, user -> user.id("user_rest"));
        RestTestClient.bindTo(mvc)
                .build()
                .post()
                .uri(PATH)
                .headers(EventRequests.headers(event))
                .body(event.body())
                .exchange()
                .expectStatus()
                .isOk();
        mirror.user("user_rest").isLive();
    }
}
