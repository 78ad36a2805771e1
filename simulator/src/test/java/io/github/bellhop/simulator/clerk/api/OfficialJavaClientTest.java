package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.components.Organization;
import com.clerk.backend_api.models.components.OrganizationMembership;
import com.clerk.backend_api.models.components.User;
import com.clerk.backend_api.models.errors.ClerkErrors;
import com.clerk.backend_api.models.operations.CreateEmailAddressRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationDomainRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationInvitationBulkRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationInvitationRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationMembershipRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationPermissionRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationRoleRequestBody;
import com.clerk.backend_api.models.operations.CreateSessionRequestBody;
import com.clerk.backend_api.models.operations.CreateUserRequestBody;
import com.clerk.backend_api.models.operations.CreateWaitlistEntryRequestBody;
import com.clerk.backend_api.models.operations.GetCommerceSubscriptionItemListRequest;
import com.clerk.backend_api.models.operations.GetSessionListRequest;
import com.clerk.backend_api.models.operations.GetUserListRequest;
import com.clerk.backend_api.models.operations.GetUsersCountRequest;
import com.clerk.backend_api.models.operations.ListInstanceOrganizationInvitationsRequest;
import com.clerk.backend_api.models.operations.ListOrganizationMembershipsRequest;
import com.clerk.backend_api.models.operations.ListOrganizationsRequest;
import com.clerk.backend_api.models.operations.ListWaitlistEntriesRequest;
import com.clerk.backend_api.models.operations.MergeOrganizationMetadataRequestBody;
import com.clerk.backend_api.models.operations.UpdateOrganizationMembershipRequestBody;
import com.clerk.backend_api.models.operations.UpdateOrganizationRequestBody;
import com.clerk.backend_api.models.operations.UpdateUserMetadataRequestBody;
import com.clerk.backend_api.models.operations.UpdateUserRequestBody;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkSettings;
import io.github.bellhop.simulator.clerk.Recorder;
import io.github.bellhop.simulator.clerk.TickingClock;
import io.github.bellhop.simulator.fixture.LinkedAccount;
import io.github.bellhop.simulator.http.ApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs Clerk's own Java client, unmodified, against the simulator. */
class OfficialJavaClientTest {
    private final TickingClock clock = new TickingClock();
    private final Recorder recorder = new Recorder();
    private ClerkInstance instance;
    private ApiServer server;
    private Clerk clerk;

    @BeforeEach
    void startServer() {
        instance = new ClerkInstance(new ClerkSettings(clock, new SplittableRandom(1), recorder, false));
        server = ApiServer.start(0, List.of(new ClerkBackendApi(instance, ClerkBackendApi.SECRET_KEY, 0, clock)));
        clerk = client(ClerkBackendApi.SECRET_KEY);
    }

    private Clerk client(String secretKey) {
        return Clerk.builder()
                .serverURL(server.baseUri() + "/v1")
                .bearerAuth(secretKey)
                .build();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private User createUser(String email) {
        return clerk.users()
                .create(CreateUserRequestBody.builder()
                        .emailAddress(List.of(email))
                        .firstName("Ada")
                        .build())
                .user()
                .orElseThrow();
    }

    private Organization createOrganization(User creator) {
        return clerk.organizations()
                .create()
                .request(CreateOrganizationRequestBody.builder()
                        .name("Cobalt Cycles")
                        .createdBy(creator.id())
                        .build())
                .call()
                .organization()
                .orElseThrow();
    }

    @Test
    void createsUpdatesAndDeletesUsers() {
        User user = createUser("ada@example.com");
        User changed = clerk.users()
                .update(
                        user.id(),
                        UpdateUserRequestBody.builder().lastName("Byron").build())
                .user()
                .orElseThrow();
        assertThat(changed.lastName()).contains("Byron");
        User merged = clerk.users()
                .updateMetadata()
                .userId(user.id())
                .requestBody(UpdateUserMetadataRequestBody.builder()
                        .publicMetadata(Map.of("plan", "pro"))
                        .build())
                .call()
                .user()
                .orElseThrow();
        assertThat(merged.publicMetadata()).containsExactly(Map.entry("plan", "pro"));
        assertThat(clerk.users().ban(user.id()).user().orElseThrow().banned()).isTrue();
        assertThat(clerk.users().lock(user.id()).user().orElseThrow().locked()).isTrue();
        clerk.emailAddresses()
                .create()
                .request(CreateEmailAddressRequestBody.builder()
                        .userId(user.id())
                        .emailAddress("byron@example.com")
                        .verified(true)
                        .build())
                .call();
        assertThat(clerk.users().get(user.id()).user().orElseThrow().emailAddresses())
                .hasSize(2);
        assertThat(clerk.users().delete(user.id()).deletedObject().orElseThrow().deleted())
                .isTrue();
        assertThat(recorder.types())
                .containsExactly(
                        "user.created",
                        "user.updated",
                        "user.updated",
                        "user.updated",
                        "user.updated",
                        "user.updated",
                        "user.deleted");
    }

    @Test
    void readsEveryPageOfUsers() {
        instance.seed(37, 0, false);
        instance.externalAccounts().link(createUser("zoe@example.com").id(), LinkedAccount.GOOGLE);
        List<String> seen = new ArrayList<>();
        for (long offset = 0; seen.size() == offset; offset += 10) {
            clerk.users()
                    .list(GetUserListRequest.builder()
                            .limit(10L)
                            .offset(offset)
                            .orderBy("+created_at")
                            .build())
                    .userList()
                    .orElseThrow()
                    .forEach(user -> seen.add(user.id()));
        }
        assertThat(seen).hasSize(38).doesNotHaveDuplicates();
        assertThat(clerk.users()
                        .count(GetUsersCountRequest.builder()
                                .emailAddress(List.of("zoe@example.com"))
                                .build())
                        .totalCount()
                        .orElseThrow()
                        .totalCount())
                .isEqualTo(1);
    }

    @Test
    void createsUpdatesAndDeletesOrganizationsAndMembers() {
        User creator = createUser("creator@example.com");
        User member = createUser("member@example.com");
        Organization organization = createOrganization(creator);
        OrganizationMembership membership = clerk.organizationMemberships()
                .create(
                        organization.id(),
                        CreateOrganizationMembershipRequestBody.builder()
                                .userId(member.id())
                                .role("org:member")
                                .build())
                .organizationMembership()
                .orElseThrow();
        assertThat(membership.permissions()).isNotEmpty();
        assertThat(membership.publicUserData().orElseThrow().userId()).isEqualTo(member.id());
        clerk.organizationMemberships()
                .update(
                        organization.id(),
                        member.id(),
                        UpdateOrganizationMembershipRequestBody.builder()
                                .role("org:admin")
                                .build());
        assertThat(clerk.organizationMemberships()
                        .list(ListOrganizationMembershipsRequest.builder()
                                .organizationId(organization.id())
                                .role(List.of("org:admin"))
                                .limit(1L)
                                .build())
                        .organizationMemberships()
                        .orElseThrow()
                        .totalCount())
                .isEqualTo(2);
        assertThat(clerk.users()
                        .getInstanceOrganizationMembershipsDirect()
                        .organizationMemberships()
                        .orElseThrow()
                        .data())
                .hasSize(2);
        clerk.organizationMemberships().delete(organization.id(), member.id());
        assertThat(clerk.organizations()
                        .update(
                                organization.id(),
                                UpdateOrganizationRequestBody.builder()
                                        .name("Cobalt")
                                        .build())
                        .organization()
                        .orElseThrow()
                        .name())
                .isEqualTo("Cobalt");
        clerk.organizations()
                .mergeMetadata(
                        organization.id(),
                        MergeOrganizationMetadataRequestBody.builder()
                                .publicMetadata(Map.of("tier", 2))
                                .build());
        assertThat(clerk.organizations()
                        .list(ListOrganizationsRequest.builder()
                                .includeMembersCount(true)
                                .build())
                        .organizations()
                        .orElseThrow()
                        .data()
                        .get(0)
                        .membersCount())
                .contains(1L);
        clerk.organizations().delete(organization.id());
        assertThat(recorder.types())
                .contains("organizationMembership.updated", "organizationMembership.deleted", "organization.updated")
                .endsWith("organization.deleted");
    }

    @Test
    void invitesUsers() {
        Organization organization = createOrganization(createUser("creator@example.com"));
        String invitation = clerk.organizationInvitations()
                .create()
                .organizationId(organization.id())
                .requestBody(CreateOrganizationInvitationRequestBody.builder()
                        .emailAddress("guest@example.com")
                        .role("org:member")
                        .build())
                .call()
                .organizationInvitation()
                .orElseThrow()
                .id();
        clerk.organizationInvitations()
                .bulkCreate(
                        organization.id(),
                        List.of(CreateOrganizationInvitationBulkRequestBody.builder()
                                .emailAddress("other@example.com")
                                .role("org:member")
                                .build()));
        assertThat(clerk.organizationInvitations()
                        .getAll(ListInstanceOrganizationInvitationsRequest.builder()
                                .build())
                        .organizationInvitationsWithPublicOrganizationData()
                        .orElseThrow()
                        .data())
                .hasSize(2)
                .allMatch(each ->
                        each.publicOrganizationData().orElseThrow().name().equals("Cobalt Cycles"));
        clerk.organizationInvitations().revoke(organization.id(), invitation);
        assertThat(clerk.organizationInvitations()
                        .get(organization.id(), invitation)
                        .organizationInvitation()
                        .orElseThrow()
                        .status())
                .contains("revoked");
    }

    @Test
    void managesDomainsRolesAndPermissions() {
        Organization organization = createOrganization(createUser("creator@example.com"));
        assertThat(clerk.organizationDomains()
                        .create(
                                organization.id(),
                                CreateOrganizationDomainRequestBody.builder()
                                        .name("cobalt.example.com")
                                        .enrollmentMode("automatic_suggestion")
                                        .verified(true)
                                        .build())
                        .organizationDomain()
                        .orElseThrow()
                        .affiliationVerification()
                        .orElseThrow()
                        .status())
                .isEqualTo("verified");
        String permission = clerk.organizationPermissions()
                .create(CreateOrganizationPermissionRequestBody.builder()
                        .name("Read menus")
                        .key("org:menus:read")
                        .build())
                .permission()
                .orElseThrow()
                .id();
        assertThat(clerk.organizationRoles()
                        .create(CreateOrganizationRoleRequestBody.builder()
                                .name("Cook")
                                .key("org:cook")
                                .permissions(List.of(permission))
                                .build())
                        .role()
                        .orElseThrow()
                        .permissions())
                .hasSize(1);
        assertThat(clerk.organizationRoles().listDirect().roles().orElseThrow().totalCount())
                .isEqualTo(3);
    }

    @Test
    void managesSessionsAndWaitlist() {
        User user = createUser("ada@example.com");
        String session = clerk.sessions()
                .create()
                .request(CreateSessionRequestBody.builder().userId(user.id()).build())
                .call()
                .session()
                .orElseThrow()
                .id();
        clerk.sessions().revoke(session);
        assertThat(clerk.sessions()
                        .list(GetSessionListRequest.builder().userId(user.id()).build())
                        .sessionList()
                        .orElseThrow())
                .hasSize(1)
                .allMatch(each -> each.status().value().equals("revoked"));
        String entry = clerk.waitlistEntries()
                .create()
                .request(CreateWaitlistEntryRequestBody.builder()
                        .emailAddress("wait@example.com")
                        .build())
                .call()
                .waitlistEntry()
                .orElseThrow()
                .id();
        clerk.waitlistEntries().invite(entry);
        assertThat(clerk.waitlistEntries()
                        .list(ListWaitlistEntriesRequest.builder().build())
                        .waitlistEntries()
                        .orElseThrow()
                        .data())
                .allMatch(each -> each.invitation().isPresent());
    }

    @Test
    void readsSubscriptions() {
        User user = createUser("ada@example.com");
        Organization organization = createOrganization(user);
        instance.billing().subscribe(user.id(), "pro");
        instance.billing().subscribe(organization.id(), "team");
        assertThat(clerk.users()
                        .getBillingSubscription(user.id())
                        .commerceSubscription()
                        .orElseThrow()
                        .subscriptionItems())
                .hasSize(1);
        assertThat(clerk.billing()
                        .listSubscriptionItems(
                                GetCommerceSubscriptionItemListRequest.builder().build())
                        .paginatedCommerceSubscriptionItemResponse()
                        .orElseThrow()
                        .data())
                .hasSize(2);
        assertThat(clerk.billing()
                        .listPlansDirect()
                        .paginatedCommercePlanResponse()
                        .orElseThrow()
                        .totalCount())
                .isEqualTo(4);
    }

    @Test
    void parsesErrors() {
        createUser("ada@example.com");
        ClerkErrors taken = catchThrowableOfType(ClerkErrors.class, () -> createUser("ada@example.com"));
        assertThat(taken.code()).isEqualTo(422);
        assertThat(taken.data().orElseThrow().errors().get(0).code()).isEqualTo("form_identifier_exists");
        ClerkErrors missing =
                catchThrowableOfType(ClerkErrors.class, () -> clerk.users().get("user_nobody"));
        assertThat(missing.code()).isEqualTo(404);
        ClerkErrors stranger = catchThrowableOfType(
                ClerkErrors.class,
                () -> client("sk_test_wrong")
                        .users()
                        .list(GetUserListRequest.builder().build()));
        assertThat(stranger.code()).isEqualTo(401);
    }
}
