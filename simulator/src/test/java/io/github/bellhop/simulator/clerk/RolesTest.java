package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RolesTest {
    private static ObjectNode cook(Simulated simulated) {
        simulated.instance.permissions().create(params("{'name':'Read menus','key':'org:menus:read'}"));
        return simulated
                .instance
                .roles()
                .create(params("{'name':'Cook','key':'org:cook','permissions':['org:menus:read']}"));
    }

    @Test
    void showsCurrentPermissionsOfAMembersRole() {
        Simulated simulated = new Simulated();
        ObjectNode role = cook(simulated);
        String user = simulated.user();
        String organization = simulated.organization(user);
        simulated.instance.memberships().create(organization, simulated.user(), Roles.ADMIN);
        simulated.instance.memberships().changeRole(organization, user, "org:cook");
        assertThat(simulated.events.last().at("/data/permissions/0").stringValue())
                .isEqualTo("org:menus:read");
        simulated.events.clear();
        simulated.instance.roles().update(id(role), params("{'key':'org:chef'}"));
        assertThat(simulated.events.types()).containsExactly("role.updated");
        assertThat(simulated
                        .instance
                        .memberships()
                        .get(organization, user)
                        .path("role")
                        .stringValue())
                .isEqualTo("org:chef");
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> simulated.instance.roles().delete(id(role)))
                .matches(refused -> refused.clerkCode().equals("organization_role_assigned_members"));
    }

    @Test
    void rejectsDeletionOfARoleThatAnInvitationUses() {
        Simulated simulated = new Simulated();
        ObjectNode role = cook(simulated);
        String organization = simulated.organization(simulated.user());
        simulated
                .instance
                .invitations()
                .create(organization, params("{'email_address':'a@example.com','role':'org:cook'}"));
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> simulated.instance.roles().delete(id(role)))
                .matches(refused -> refused.clerkCode().equals("organization_role_exists_in_invitations"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void removesDeletedPermissionFromRoles(boolean cascadeEvents) {
        Simulated simulated = new Simulated(cascadeEvents);
        ObjectNode role = cook(simulated);
        simulated.events.clear();
        simulated.instance.permissions().delete(role.at("/permissions/0/id").stringValue());
        assertThat(simulated.instance.roles().get(id(role)).path("permissions")).isEmpty();
        if (cascadeEvents) {
            assertThat(simulated.events.types()).containsExactly("role.updated", "permission.deleted");
        } else {
            assertThat(simulated.events.types()).containsExactly("permission.deleted");
        }
    }

    @Test
    void assignsAndWithdrawsPermissions() {
        Simulated simulated = new Simulated();
        ObjectNode role = cook(simulated);
        String permission = role.at("/permissions/0/id").stringValue();
        assertThat(simulated.instance.roles().withdraw(id(role), permission).path("permissions"))
                .isEmpty();
        assertThat(simulated.instance.roles().assign(id(role), permission).path("permissions"))
                .hasSize(1);
        assertThat(simulated.events.types())
                .containsExactly("permission.created", "role.created", "role.updated", "role.updated");
    }

    @Test
    void rejectsChangesToSystemRolesAndPermissions() {
        Simulated simulated = new Simulated();
        String system = id(simulated
                .instance
                .permissions()
                .list(PageRequest.newest(1, 0), each -> true)
                .rows()
                .get(0));
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> simulated.instance.permissions().delete(system))
                .matches(refused -> refused.status() == 403);
        assertThatExceptionOfType(ClerkRefusedException.class)
                .isThrownBy(() -> simulated.instance.roles().create(params("{'name':'A','key':'org:admin'}")))
                .matches(refused -> "key".equals(refused.parameter()));
    }
}
