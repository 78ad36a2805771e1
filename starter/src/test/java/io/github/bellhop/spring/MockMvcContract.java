package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.DeliveryAnswer;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import io.github.bellhop.test.spring.EventRequests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Checks that tests without a port reach the webhook through MockMvc and the app's security. Each Boot version
 * configures MockMvc differently.
 */
@SpringBootTest(classes = MockedApp.class, properties = "bellhop.signing-secret=" + Wire.SECRET)
public abstract class MockMvcContract {
    protected static final String PATH = Wire.PATH;

    @Autowired
    protected SignedEvents events;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    protected Mirror mirror;

    @Autowired
    protected MockMvc mvc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = TestDatabase.SQLITE.fresh().url();
        properties.add("spring.datasource.url", () -> url);
    }

    @Test
    void storesSignedDeliveries() throws Exception {
        SignedEvent event = events.user(
                UserEvent.Created.class, user -> user.id("user_mock").firstName("Ann"));
        mvc.perform(post(PATH).with(EventRequests.signed(event))).andExpect(status().isOk());
        mirror.user("user_mock").isLive().has("first_name", "Ann");
        deliveries.deliver(events.user(UserEvent.Deleted.class, user -> user.id("user_mock")));
        mirror.user("user_mock").isDeleted();
    }

    @Test
    void rejectsUnsignedDeliveries() {
        DeliveryAnswer answer =
                deliveries.post(events.event(UserEvent.Created.class).tampered());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("no-matching-signature");
    }

    @Test
    void leavesOtherPathsToTheApp() throws Exception {
        SignedEvent event = events.event(UserEvent.Created.class);
        mvc.perform(get("/hello")).andExpect(status().isUnauthorized());
        mvc.perform(get(PATH)).andExpect(status().isUnauthorized());
        mvc.perform(post(PATH + "/more").with(EventRequests.signed(event)))
                .andExpect(
                        result -> assertThat(result.getResponse().getStatus()).isIn(401, 403));
    }
}
