package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OrganizationsTest {
    private final Simulated simulated = new Simulated();
    private final ClerkInstance instance = simulated.instance;

    @Test
    void makesTheCreatorAnAdmin() {
        String user = simulated.user();
        ObjectNode organization = instance.organizations()
                .create(params("{'name':'Birch & Sons'}").put("created_by", user));
        assertThat(organization.path("slug").stringValue()).isEqualTo("birch-sons");
        assertThat(simulated.events.types())
                .containsExactly("user.created", "organization.created", "organizationMembership.created");
        JsonNode membership = simulated.events.last().path("data");
        assertThat(membership.path("role").stringValue()).isEqualTo("org:admin");
        assertThat(membership.path("role_name").stringValue()).isEqualTo("Admin");
        assertThat(membership.path("permissions")).hasSize(8);
        assertThat(instance.organizations()
                        .create(params("{'name':'Birch, Sons'}"))
                        .path("slug")
                        .stringValue())
                .isEqualTo("birch-sons-2");
    }

    @Test
    void countsMembersInMembershipsButNotInOrganizationEvents() {
        String user = simulated.user();
        String organization = simulated.organization(user);
        JsonNode whole = simulated.events.last("organization.created").path("data");
        JsonNode copy = simulated.events.last("organizationMembership.created").at("/data/organization");
        assertThat(whole.has("members_count")).isFalse();
        assertThat(whole.has("private_metadata")).isTrue();
        assertThat(copy.path("members_count").longValue()).isEqualTo(1);
        assertThat(copy.propertyNames()).doesNotContain("private_metadata", "created_by", "last_active_at");
        assertThat(instance.organizations().get(organization).has("members_count"))
                .isFalse();
        assertThat(instance.organizations()
                        .getCounted(organization)
                        .path("members_count")
                        .longValue())
                .isEqualTo(1);
        assertThat(instance.memberships().get(organization, user).has("private_metadata"))
                .isTrue();
        assertThat(simulated
                        .events
                        .last("organizationMembership.created")
                        .path("data")
                        .has("private_metadata"))
                .isFalse();
    }

    @Test
    void sendsRemovedMembershipWithItsLastUpdateTime() {
        String user = simulated.user();
        String organization = simulated.organization(simulated.user());
        instance.memberships().create(organization, user, Roles.MEMBER);
        long before = simulated.clock.millis();
        simulated.clock.move(Duration.ofDays(1));
        instance.memberships().delete(organization, user);
        JsonNode event = simulated.events.last();
        assertThat(event.at("/data/updated_at").longValue()).isEqualTo(before);
        assertThat(event.path("timestamp").longValue()).isEqualTo(simulated.clock.millis());
        assertThat(event.at("/data/public_user_data/user_id").stringValue()).isEqualTo(user);
        assertThat(event.at("/data/organization/members_count").longValue()).isOne();
        String again = id(instance.memberships().create(organization, user, Roles.MEMBER));
        assertThat(again).isNotEqualTo(event.at("/data/id").stringValue());
    }

    @Test
    void showsTheCurrentUserInAMembership() {
        String user = simulated.user();
        String organization = simulated.organization(user);
        instance.users().update(user, params("{'first_name':'Renamed'}"));
        assertThat(simulated.events.types().get(3)).isEqualTo("user.updated");
        assertThat(instance.memberships()
                        .get(organization, user)
                        .at("/public_user_data/first_name")
                        .stringValue())
                .isEqualTo("Renamed");
    }

    @Test
    void rejectsMembersBeyondTheLimit() {
        String user = simulated.user();
        String organization = simulated.organization(user);
        String invitation = id(instance.invitations()
                .create(organization, params("{'email_address':'a@example.com','role':'org:member'}")));
        instance.organizations().update(organization, params("{'max_allowed_memberships':1}"));
        simulated.events.clear();
        String other = simulated.user();
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> instance.invitations().accept(invitation, other))
                .matches(refused -> refused.clerkCode().equals("organization_membership_quota_exceeded"));
        assertThat(instance.invitations()
                        .get(organization, invitation)
                        .path("status")
                        .stringValue())
                .isEqualTo("pending");
        assertThat(simulated.events.types()).containsExactly("user.created");
    }

    @Test
    void acceptsAnInvitationOnlyOnce() {
        String user = simulated.user();
        String organization = simulated.organization(simulated.user());
        String invitation = id(instance.invitations()
                .create(organization, params("{'email_address':'a@example.com','role':'org:admin'}")));
        assertThat(simulated.events.last().at("/data/url").stringValue()).contains("ticket=ticket_");
        simulated.events.clear();
        simulated.clock.move(Duration.ofMinutes(1));
        instance.invitations().accept(invitation, user);
        assertThat(simulated.events.types())
                .containsExactly("organizationInvitation.accepted", "organizationMembership.created");
        JsonNode accepted =
                simulated.events.last("organizationInvitation.accepted").path("data");
        assertThat(accepted.path("user_id").stringValue()).isEqualTo(user);
        assertThat(accepted.path("url").isNull()).isTrue();
        assertThat(simulated.events.last().at("/data/role").stringValue()).isEqualTo("org:admin");
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> instance.invitations().revoke(organization, invitation))
                .matches(refused -> refused.status() == 400);
    }

    @Test
    void invitesAllOrNone() {
        String organization = simulated.organization(simulated.user());
        simulated.events.clear();
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> instance.invitations()
                        .createAll(
                                organization,
                                List.of(
                                        params("{'email_address':'a@example.com','role':'org:member'}"),
                                        params("{'email_address':'b','role':'org:member'}"))))
                .matches(refused -> "email_address".equals(refused.parameter()));
        assertThat(simulated.events.events()).isEmpty();
        assertThat(instance.invitations()
                        .list(organization, PageRequest.newest(5, 0), each -> true)
                        .total())
                .isZero();
    }

    @Test
    void showsDomainVerificationUnderBothKeys() {
        String organization = simulated.organization(simulated.user());
        ObjectNode domain =
                instance.domains().create(organization, params("{'name':'Birch.example.com','verified':false}"));
        assertThat(domain.path("name").stringValue()).isEqualTo("birch.example.com");
        assertThat(domain.path("verification").isNull()).isTrue();
        instance.domains().update(organization, id(domain), params("{'verified':true}"));
        JsonNode domainInEvent = simulated.events.last().path("data");
        assertThat(domainInEvent.path("verification")).isEqualTo(domainInEvent.path("affiliation_verification"));
        assertThat(domainInEvent.at("/verification/status").stringValue()).isEqualTo("verified");
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> instance.domains().create(organization, params("{'name':'birch.example.com'}")))
                .matches(refused -> refused.clerkCode().equals("organization_domain_already_exists"));
    }
}
