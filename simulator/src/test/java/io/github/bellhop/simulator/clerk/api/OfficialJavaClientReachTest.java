package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.components.Invitation;
import com.clerk.backend_api.models.operations.CreateInvitationRequestBody;
import com.clerk.backend_api.models.operations.CreateRoleSetRequestBody;
import com.clerk.backend_api.models.operations.File;
import com.clerk.backend_api.models.operations.ListInvitationsRequest;
import com.clerk.backend_api.models.operations.RequestBody;
import com.clerk.backend_api.models.operations.SetUserProfileImageRequestBody;
import com.clerk.backend_api.models.operations.UsersBanRequestBody;
import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.http.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs Clerk's own Java client, unmodified, against the parts of the API beyond users and organizations. */
class OfficialJavaClientReachTest {
    private final Simulated simulated = new Simulated();
    private final ApiServer server = ApiServer.start(0, List.of(Calls.api(simulated)));
    private final Clerk clerk = Clerk.builder()
            .serverURL(server.baseUri() + "/v1")
            .bearerAuth(ClerkBackendApi.SECRET_KEY)
            .build();
    private final String user = simulated.user();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void invitesIntoTheApplication() {
        Invitation ada = clerk.invitations()
                .create()
                .request(CreateInvitationRequestBody.builder()
                        .emailAddress("ada@example.com")
                        .build())
                .call()
                .invitation()
                .orElseThrow();
        clerk.invitations()
                .bulkCreate()
                .request(List.of(
                        RequestBody.builder().emailAddress("bob@example.com").build(),
                        RequestBody.builder().emailAddress("eve@example.com").build()))
                .call();
        clerk.invitations().revoke(ada.id());
        assertThat(clerk.invitations()
                        .list(ListInvitationsRequest.builder().build())
                        .invitationList()
                        .orElseThrow())
                .extracting(Invitation::emailAddress)
                .containsExactly("eve@example.com", "bob@example.com");
    }

    @Test
    void changesWhatBelongsToAUser() {
        assertThat(clerk.users()
                        .bulkBan(UsersBanRequestBody.builder()
                                .userIds(List.of(user))
                                .build())
                        .userList()
                        .orElseThrow())
                .allMatch(each -> each.banned());
        clerk.users().disableMfa(user);
        File file = File.builder()
                .fileName("a.png")
                .content("\u0089PNG".getBytes(StandardCharsets.ISO_8859_1))
                .build();
        assertThat(clerk.users()
                        .setProfileImage(
                                user,
                                SetUserProfileImageRequestBody.builder()
                                        .file(file)
                                        .build())
                        .user()
                        .orElseThrow()
                        .hasImage())
                .isTrue();
        clerk.users().deleteProfileImage(user);
        assertThat(simulated.events.types()).contains("user.updated");
        clerk.users().getOrganizationInvitations(user);
    }

    @Test
    void readsBilling() {
        simulated.instance.billing().subscribe(user, "pro");
        simulated.instance.billing().charge(user);
        // Not through the client: this version cannot parse the documented answer to an adjustment.
        simulated
                .instance
                .credits()
                .adjust(user, Simulated.params("{'amount':500,'action':'increase','idempotency_key':'a'}"));
        assertThat(clerk.users()
                        .getBillingCreditBalance(user)
                        .commerceCreditBalanceResponse()
                        .isPresent())
                .isTrue();
        assertThat(clerk.billing()
                        .listStatementsDirect()
                        .paginatedBillingStatementResponse()
                        .orElseThrow()
                        .data())
                .hasSize(1);
        assertThat(clerk.billing()
                        .listPricesDirect()
                        .paginatedBillingPriceResponse()
                        .orElseThrow()
                        .data())
                .hasSize(4);
    }

    @Test
    void managesRoleSetsAndReadsTheInstance() {
        clerk.roleSets()
                .create(CreateRoleSetRequestBody.builder()
                        .name("Kitchen")
                        .roles(List.of("org:admin"))
                        .defaultRoleKey("org:admin")
                        .creatorRoleKey("org:admin")
                        .build());
        assertThat(clerk.roleSets().listDirect().roleSets().orElseThrow().totalCount())
                .isEqualTo(2);
        assertThat(clerk.instanceSettings().getDirect().instance().orElseThrow().id())
                .isEqualTo(simulated.instance.id());
    }
}
