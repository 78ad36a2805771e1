package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Simulated simulated = new Simulated();
    private final Sessions sessions = simulated.instance.sessions();

    @Test
    void activatesAPendingSession() {
        String session = id(sessions.signInPending(simulated.user()));
        assertThat(simulated.events.last().at("/data/status").stringValue()).isEqualTo("pending");
        assertThat(sessions.activate(session).path("status").stringValue()).isEqualTo("active");
        assertThat(simulated.events.types()).containsExactly("user.created", "session.pending", "session.created");
    }

    @Test
    void neverReactivatesAnEndedSession() {
        String session = id(sessions.signIn(simulated.user()));
        sessions.end(session);
        sessions.revoke(session);
        sessions.activate(session);
        assertThat(sessions.get(session).path("status").stringValue()).isEqualTo("ended");
        assertThat(simulated.events.types()).containsExactly("user.created", "session.created", "session.ended");
    }

    @Test
    void includesTheUserInEventsButNotInTheApi() {
        String user = simulated.user();
        String organization = simulated.organization(user);
        String session =
                id(sessions.create(params("{}").put("user_id", user).put("active_organization_id", organization)));
        assertThat(simulated.events.last().at("/data/user/id").stringValue()).isEqualTo(user);
        assertThat(simulated.events.last().at("/data/user/private_metadata").isObject())
                .isTrue();
        assertThat(sessions.get(session).has("user")).isFalse();
        assertThat(sessions.get(session).path("last_active_organization_id").stringValue())
                .isEqualTo(organization);
    }

    @Test
    void signsOutOtherSessionsWithANewPasswordOnRequest() {
        String user = simulated.user();
        String session = id(sessions.signIn(user));
        simulated.instance.users().update(user, params("{'password':'a long one'}"));
        assertThat(sessions.get(session).path("status").stringValue()).isEqualTo("active");
        simulated.instance.users().update(user, params("{'password':'another one','sign_out_of_other_sessions':true}"));
        assertThat(sessions.get(session).path("status").stringValue()).isEqualTo("revoked");
    }
}
