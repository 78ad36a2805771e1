package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks that the messages of a lane are forwarded in the order in which handlers get them. */
class ArrivalTest {
    private static final String ANN = "user_2annannannannannannannannan";
    private static final String BEN = "user_2benbenbenbenbenbenbenbenben";
    private static final String ACME = "org_2acmeacmeacmeacmeacmeacmea";

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());

    private String lane(Fixture fixture) {
        return Arrival.lane(fixtures.messageId(), fixture.type(), fixture.entityId(), fixture.payload());
    }

    private Fixture membership(String verb, String user) {
        return fixtures.event("organizationMembership." + verb).id(user).id(ACME);
    }

    @Test
    void membershipsOfOneUserInAnOrganizationShareALane() {
        Fixture left = membership("deleted", ANN);
        Fixture joined = membership("created", ANN);
        assertThat(left.entityId()).isNotEqualTo(joined.entityId());
        assertThat(lane(left)).isEqualTo(lane(joined)).isNotEqualTo(lane(membership("created", BEN)));
    }

    @Test
    void usesTheEntityIdIfThereIsNoNaturalKey() {
        assertThat(lane(fixtures.event("user.updated").id(ANN))).isEqualTo(ANN);
        byte[] bare = "{\"type\":\"organizationMembership.deleted\",\"data\":{\"id\":\"orgmem_1\"}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Arrival.lane("msg_1", "organizationMembership.deleted", "orgmem_1", bare))
                .isEqualTo("orgmem_1");
        assertThat(Arrival.lane("msg_1", null, null, "not JSON".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("msg_1");
    }
}
