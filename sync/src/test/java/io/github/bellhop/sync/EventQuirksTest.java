package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Surprising details of Clerk's events that its schema does not show, with one test each. {@link SyncContractTest} and
 * the events of {@link GoldenSequenceTest} cover more of them.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class EventQuirksTest {
    @Parameter
    TestDatabase kind;

    private SyncBench bench;

    @BeforeEach
    void open() {
        bench = new SyncBench(
                kind, settings -> settings.withMirror(MirrorSettings.DEFAULT.withPrivateMetadata(TableChoice.ALL)));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void receive(String type, String data) {
        bench.receive(Json.of("{'type':'%s','timestamp':1700000000000,'data':%s}", type, data));
    }

    private Map<String, Object> only(String table) {
        return Rows.one(bench.database(), "select * from " + table);
    }

    private static String user(String account) {
        return "{'id':'user_1','external_accounts':[%s],'updated_at':1700000000000}".formatted(account);
    }

    @Test
    void readsGoogleAccountWithOldFieldNames() {
        receive(
                "user.created",
                user("{'object':'google_account','id':'idn_1','google_id':'77','email_address':'a@example.com',"
                        + "'given_name':'Mina','family_name':'','picture':'https://example.com/p'}"));
        assertThat(only("clerk_user_external_accounts"))
                .containsEntry("id", "idn_1")
                .containsEntry("provider", "oauth_google")
                .containsEntry("provider_user_id", "77")
                .containsEntry("first_name", "Mina")
                .containsEntry("last_name", null)
                .containsEntry("image_url", "https://example.com/p")
                .containsEntry("external_account_id", null);
    }

    @Test
    void matchesGoogleAccountWithNewFieldNames() {
        receive("user.created", user("{'object':'google_account','id':'idn_1','google_id':'77'}"));
        receive(
                "user.updated",
                user("{'object':'external_account','id':'eac_1','identification_id':'idn_1','provider':'oauth_google',"
                        + "'provider_user_id':'77','avatar_url':''}"));
        assertThat(only("clerk_user_external_accounts"))
                .containsEntry("id", "idn_1")
                .containsEntry("external_account_id", "eac_1")
                .containsEntry("provider_user_id", "77")
                .containsEntry("image_url", null);
    }

    @Test
    void acceptsAddressOfDeletedUserBeforeDeletionArrives() {
        String address = "{'id':'%s','email_addresses':[{'id':'idn_%s','email_address':'a@example.com'}]}";
        receive("user.created", address.formatted("user_1", "1"));
        receive("user.created", address.formatted("user_2", "2"));
        receive("user.deleted", "{'id':'user_1','deleted':true}");
        assertThat(only("clerk_user_email_addresses"))
                .containsEntry("user_id", "user_2")
                .containsEntry("email_address", "a@example.com");
    }

    @Test
    void keepsUnverifiedReservedAddressAsPrimary() {
        receive(
                "user.created",
                "{'id':'user_1','primary_email_address_id':'idn_1','email_addresses':[{'id':'idn_1',"
                        + "'email_address':'a@example.com','reserved':true,'verification':null}]}");
        assertThat(only("clerk_users"))
                .containsEntry("primary_email", "a@example.com")
                .containsEntry("primary_email_verified", 0L);
        assertThat(only("clerk_user_email_addresses")).containsEntry("reserved", 1L);
    }

    @Test
    void readsEmptyCreatorAsNull() {
        receive("organization.created", "{'id':'org_1','created_by':''}");
        assertThat(only("clerk_organizations")).containsEntry("created_by", null);
    }

    @Test
    void keepsPrivateMetadataThatMembershipOmits() {
        receive("organization.created", "{'id':'org_1','private_metadata':{'a':1},'updated_at':1700000000000}");
        receive(
                "organizationMembership.created",
                "{'id':'orgmem_1','organization':{'id':'org_1','updated_at':1700000009999},"
                        + "'public_user_data':{'user_id':'user_1'}}");
        assertThat(String.valueOf(only("clerk_organizations").get("private_metadata")))
                .contains("\"a\"");
    }

    @Test
    void findsOrganizationOfInvitationInEveryPlace() {
        receive("organizationInvitation.created", "{'id':'orginv_1','public_organization_data':{'id':'org_1'}}");
        receive(
                "organizationInvitation.created",
                "{'id':'orginv_2','data':{'public_organization_data':{'id':'org_1'}}}");
        receive("organizationInvitation.created", "{'id':'orginv_3','organization_id':'org_1'}");
        assertThat(Rows.count(bench.database(), "clerk_organization_invitations where organization_id = 'org_1'"))
                .isEqualTo(3);
    }

    @Test
    void deletesDomainWithoutOrganizationId() {
        receive("organizationDomain.created", "{'id':'orgdmn_1','organization_id':'org_1','name':'example.com'}");
        receive("organizationDomain.deleted", "{'id':'orgdmn_1','deleted':true}");
        assertThat(only("clerk_organization_domains"))
                .containsEntry("organization_id", "org_1")
                .hasEntrySatisfying("deleted_at", at -> assertThat(at).isNotNull());
    }

    @Test
    void usesReceiptTimeForDeletionWithoutTimestamp() {
        bench.receive(Json.of("{'type':'user.deleted','data':{'id':'user_1','deleted':true}}"));
        assertThat(only("bellhop_tombstones"))
                .containsEntry("deleted_at", bench.clock.instant().toEpochMilli());
    }

    @Test
    void deletesRoleWithNullSlug() {
        receive("role.created", "{'id':'role_1','key':'editor','permissions':[{'id':'perm_1'}]}");
        receive("role.deleted", "{'id':'role_1','slug':null,'deleted':true}");
        assertThat(only("clerk_roles"))
                .hasEntrySatisfying("deleted_at", at -> assertThat(at).isNotNull());
        assertThat(Rows.count(bench.database(), "clerk_role_permissions")).isZero();
    }

    @Test
    void readsEmptyFieldsOfPayerAsNull() {
        receive(
                "subscription.created",
                "{'id':'csub_1','payer':{'id':'cpayer_1','user_id':'user_1','organization_id':'','organization_name':''},"
                        + "'items':[{'id':'csub_item_1','subscription_id':null,'payer':null}]}");
        assertThat(only("clerk_billing_payers"))
                .containsEntry("user_id", "user_1")
                .containsEntry("organization_id", null)
                .containsEntry("organization_name", null);
        assertThat(only("clerk_billing_subscription_items"))
                .containsEntry("subscription_id", "csub_1")
                .containsEntry("payer_id", "cpayer_1");
    }

    @Test
    void ignoresUnknownFields() {
        receive("user.created", "{'id':'user_1','first_name':'Mina','birthday':'','gender':{'a':[1]}}");
        assertThat(only("clerk_users")).containsEntry("first_name", "Mina");
    }
}
