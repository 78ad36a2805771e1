package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children are always deleted with their parent; a setting decides whether their deletion emits events. */
class CascadeTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deletesChildrenOfOrganization(boolean cascadeEvents) {
        Simulated s = new Simulated(cascadeEvents);
        String user = s.user();
        String organization = s.organization(user);
        s.instance.invitations().create(organization, params("{'email_address':'a@example.com','role':'org:member'}"));
        s.instance.domains().create(organization, params("{'name':'a.example.com'}"));
        s.instance.billing().subscribe(organization, "team");
        s.events.clear();
        s.instance.organizations().delete(organization);
        PageRequest all = PageRequest.newest(10, 0);
        assertThat(s.instance.memberships().list(all).total()).isZero();
        assertThat(s.instance.invitations().list(null, all, each -> true).total())
                .isZero();
        assertThat(s.instance.domains().list(null, all, each -> true).total()).isZero();
        assertThat(s.instance.billing().listItems(all, each -> true).total()).isZero();
        if (cascadeEvents) {
            assertThat(s.events.types())
                    .containsExactly(
                            "organizationMembership.deleted",
                            "organizationInvitation.revoked",
                            "organizationDomain.deleted",
                            "organization.deleted");
        } else {
            assertThat(s.events.types()).containsExactly("organization.deleted");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deletesMembershipsAndSessionsOfUser(boolean cascadeEvents) {
        Simulated s = new Simulated(cascadeEvents);
        String user = s.user();
        String other = s.user();
        String organization = s.organization(user);
        s.instance.memberships().create(organization, other, Roles.MEMBER);
        s.instance.sessions().signIn(user);
        String kept = id(s.instance.sessions().signIn(other));
        s.events.clear();
        s.instance.users().delete(user);
        PageRequest all = PageRequest.newest(10, 0);
        assertThat(s.instance.memberships().list(all).rows())
                .singleElement()
                .matches(membership ->
                        membership.at("/public_user_data/user_id").stringValue().equals(other));
        assertThat(s.instance.sessions().list(all, user, null, each -> true).total())
                .isZero();
        assertThat(s.instance.sessions().get(kept).path("status").stringValue()).isEqualTo("active");
        if (cascadeEvents) {
            assertThat(s.events.types())
                    .containsExactly("organizationMembership.deleted", "session.revoked", "user.deleted");
        } else {
            assertThat(s.events.types()).containsExactly("user.deleted");
        }
    }
}
