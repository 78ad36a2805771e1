package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.data.User;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UserEventTest {
    private static UserEvent event(String type, String data) {
        String json = "{\"type\":\"" + type + "\",\"data\":{\"id\":\"user_1\"," + data + "}}";
        return (UserEvent) EventParser.parse("msg_1", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void returnsUserExceptForDeletion() {
        UserEvent created = event("user.created", "\"first_name\":\"Ann\"");
        UserEvent updated = event("user.updated", "\"first_name\":\"Bea\"");
        UserEvent deleted = event("user.deleted", "\"deleted\":true");
        assertThat(created.user().map(User::firstName)).contains("Ann");
        assertThat(updated.user().map(User::firstName)).contains("Bea");
        assertThat(deleted.user()).isEmpty();
        assertThat(created.userId()).isEqualTo("user_1");
        assertThat(deleted.userId()).isEqualTo("user_1");
    }
}
