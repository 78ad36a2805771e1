package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The apps' queries on the mirror, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SameOnEveryJdk
class FindsContractTest {
    @Parameter
    TestDatabase kind;

    private SyncBench bench;
    private ClerkUsers users;
    private ClerkOrganizations organizations;

    @BeforeEach
    void open() {
        bench = new SyncBench(kind);
        users = ClerkUsers.of(bench.database(), MirrorSettings.DEFAULT);
        organizations = ClerkOrganizations.of(bench.database(), MirrorSettings.DEFAULT);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void event(String type, String data) {
        String id = bench.receive(Json.of("{'type':'%s','timestamp':1700000009000,'data':%s}", type, data));
        assertThat(bench.stateOf(id)).isEqualTo("mirrored");
    }

    private void user(String id, String keys) {
        event("user.created", "{'id':'" + id + "','updated_at':1700000001000," + keys + "}");
    }

    private static String address(String id, String address, String status) {
        return "{'id':'%s','email_address':'%s','verification':{'status':'%s'}}".formatted(id, address, status);
    }

    private void membership(String id, String organization, String user, String role) {
        event(
                "organizationMembership.created",
                ("{'id':'%s','role':'%s','organization':{'id':'%s','name':'Name of %s','updated_at':1700000000000},"
                                + "'public_user_data':{'user_id':'%s'},'permissions':['org:read'],"
                                + "'created_at':1700000000000,'updated_at':1700000001000}")
                        .formatted(id, role, organization, organization, user));
    }

    @Test
    void readsUserById() {
        user(
                "user_1",
                "'external_id':'ext_1','username':'ann','first_name':'Ann','last_name':'Lee','image_url':'https://i',"
                        + "'public_metadata':{'plan':'pro'},'banned':true,'locked':false,'created_at':1700000000123,"
                        + "'last_sign_in_at':1700000000456,'primary_email_address_id':'idn_1','email_addresses':["
                        + address("idn_1", "ann@example.com", "verified") + "]");
        user("user_2", "'first_name':'Bob'");
        ClerkUser ann = users.find("user_1").orElseThrow();
        assertThat(ann.publicMetadata()).isEqualToIgnoringWhitespace("{\"plan\":\"pro\"}");
        assertThat(ann)
                .isEqualTo(new ClerkUser(
                        "user_1",
                        "ext_1",
                        "ann",
                        "Ann",
                        "Lee",
                        "ann@example.com",
                        true,
                        "https://i",
                        ann.publicMetadata(),
                        true,
                        false,
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        Instant.ofEpochMilli(1_700_000_001_000L),
                        Instant.ofEpochMilli(1_700_000_000_456L),
                        null,
                        false));
        assertThat(users.find("user_2").orElseThrow().primaryEmail()).isNull();
        assertThat(users.find("user_3")).isEmpty();
        assertThat(ann).hasToString("ClerkUser[user_1]");
    }

    @Test
    void findsUsersByEmailVerifiedFirst() {
        user("user_1", "'email_addresses':[" + address("idn_1", "Shared@Example.com", "unverified") + "]");
        user(
                "user_2",
                "'primary_email_address_id':'idn_2','email_addresses':["
                        + address("idn_2", "other@example.com", "verified")
                        + "," + address("idn_3", "shared@example.com", "verified") + "]");
        user("user_3", "'email_addresses':[{'id':'idn_4','email_address':'shared@example.com'}]");
        user("user_4", "'email_addresses':[" + address("idn_5", "ashared@example.com", "verified") + "]");
        user("user_5", "'email_addresses':[" + address("idn_6", "shared@example.com", "verified") + "]");
        event("user.deleted", "{'id':'user_5'}");
        assertThat(users.findByEmail("SHARED@example.COM"))
                .extracting(owner -> owner.user().id() + " " + owner.emailAddress() + " " + owner.verified())
                .containsExactly(
                        "user_2 shared@example.com true",
                        "user_1 Shared@Example.com false",
                        "user_3 shared@example.com false");
        assertThat(users.findByEmail("shared_example.com")).isEmpty();
    }

    @Test
    void doesNotMatchLookAlikes() {
        user("user_1", "'username':'kim','email_addresses':[" + address("idn_1", "kim@example.com", "verified") + "]");
        user("user_2", "'username':'\u00c9va','email_addresses':[" + address("i", "\u00c9va@example.com", "x") + "]");
        assertThat(users.findByEmail("\u212aim@example.com")).isEmpty();
        assertThat(users.findByUsername("\u212aim")).isEmpty();
        assertThat(users.findByEmail("\u00e9va@example.com")).isEmpty();
        assertThat(users.findByEmail("\u00c9VA@example.com")).hasSize(1);
        assertThat(users.findByUsername("\u00c9vA")).hasSize(1);
    }

    @Test
    void findsByExternalIdAndUsername() {
        user("user_1", "'external_id':'ext_1','username':'Ann'");
        user("user_2", "'external_id':'EXT_1','username':'bann'");
        user("user_3", "'external_id':'ext_3','username':'ann'");
        event("user.deleted", "{'id':'user_3'}");
        assertThat(users.findByExternalId("ext_1")).extracting(ClerkUser::id).containsExactly("user_1");
        assertThat(users.findByExternalId("ext_3")).isEmpty();
        assertThat(users.findByUsername("aNN")).extracting(ClerkUser::id).containsExactly("user_1");
    }

    @Test
    void findsDeletedOnlyOnRequest() {
        user("user_1", "'first_name':'Ann'");
        event("organization.created", "{'id':'org_1','slug':'acme','updated_at':1700000001000}");
        event("user.deleted", "{'id':'user_1'}");
        event("organization.deleted", "{'id':'org_1'}");
        assertThat(users.find("user_1")).isEmpty();
        assertThat(users.findIncludingDeleted("user_1").orElseThrow().deletedAt())
                .isEqualTo(Instant.ofEpochMilli(1_700_000_009_000L));
        assertThat(organizations.find("org_1")).isEmpty();
        assertThat(organizations.findBySlug("acme")).isEmpty();
        assertThat(organizations.findIncludingDeleted("org_1")).isPresent();
    }

    @Test
    void marksStubs() {
        membership("orgmem_1", "org_1", "user_1", "org:admin");
        event(
                "session.created",
                "{'id':'sess_1','user_id':'user_1','status':'active','user':{'id':'user_1','first_name':'Ann',"
                        + "'updated_at':1700000001000},'updated_at':1700000001000}");
        assertThat(organizations.find("org_1").orElseThrow().stub()).isTrue();
        assertThat(users.find("user_1").orElseThrow().stub()).isTrue();
        user("user_1", "'first_name':'Ann'");
        assertThat(users.find("user_1").orElseThrow().stub()).isFalse();
    }

    @Test
    void findsOrganizations() {
        event(
                "organization.created",
                "{'id':'org_1','name':'Acme','slug':'acme','created_by':'user_1','max_allowed_memberships':5,"
                        + "'public_metadata':{},'created_at':1700000000000,'updated_at':1700000001000}");
        event("organization.created", "{'id':'org_2','slug':'acme-2','updated_at':1700000001000}");
        ClerkOrganization acme = organizations.find("org_1").orElseThrow();
        assertThat(acme)
                .isEqualTo(new ClerkOrganization(
                        "org_1",
                        "Acme",
                        "acme",
                        null,
                        "user_1",
                        5L,
                        "{}",
                        Instant.ofEpochMilli(1_700_000_000_000L),
                        Instant.ofEpochMilli(1_700_000_001_000L),
                        null,
                        false));
        assertThat(organizations.findBySlug("acme")).containsExactly(acme);
        assertThat(organizations.find("org_2").orElseThrow().maxAllowedMemberships())
                .isNull();
    }

    @Test
    void pagesThroughMembersOfOrganization() {
        for (int i = 1; i <= 5; i++) {
            membership("orgmem_" + i, "org_1", "user_" + i, "org:member");
        }
        membership("orgmem_0", "org_2", "user_1", "org:admin");
        event("organizationMembership.deleted", "{'id':'orgmem_3'}");
        user("user_2", "'first_name':'Ann'");
        List<ClerkMember> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String after = null;
        List<ClerkMember> page;
        do {
            page = organizations.members("org_1", 2, after);
            sizes.add(page.size());
            all.addAll(page);
            after = page.isEmpty()
                    ? after
                    : page.get(page.size() - 1).membership().id();
        } while (page.size() == 2);
        assertThat(sizes).containsExactly(2, 2, 0);
        assertThat(all)
                .extracting(member -> member.membership().id())
                .containsExactly("orgmem_1", "orgmem_2", "orgmem_4", "orgmem_5");
        assertThat(all.get(0).user()).isNull();
        assertThat(all.get(1).user().firstName()).isEqualTo("Ann");
        assertThat(all.get(1).membership().role()).isEqualTo("org:member");
        assertThat(all.get(1).membership().permissions()).isEqualToIgnoringWhitespace("[\"org:read\"]");
        assertThatIllegalArgumentException().isThrownBy(() -> organizations.members("org_1", 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> organizations.members("org_1", 501, null));
    }

    @Test
    void listsRejoinedMemberOnceByNewestMembership() {
        String row = "{'id':'%s','organization':{'id':'org_1'},'public_user_data':{'user_id':'%s'}%s}";
        event("organizationMembership.created", row.formatted("orgmem_3", "user_1", ",'created_at':1700000000000"));
        event("organizationMembership.created", row.formatted("orgmem_1", "user_1", ",'created_at':1700000005000"));
        event("organizationMembership.created", row.formatted("orgmem_4", "user_1", ""));
        event("organizationMembership.created", row.formatted("orgmem_5", "user_2", ""));
        event("organizationMembership.created", row.formatted("orgmem_6", "user_2", ""));
        event("organizationMembership.created", "{'id':'orgmem_7','organization':{'id':'org_1'}}");
        event("organizationMembership.created", "{'id':'orgmem_8','organization':{'id':'org_1'}}");

        assertThat(organizations.members("org_1", 10, null))
                .extracting(member -> member.membership().id())
                .containsExactly("orgmem_1", "orgmem_6", "orgmem_7", "orgmem_8");
        assertThat(organizations.members("org_1", 10, "orgmem_1"))
                .extracting(member -> member.membership().id())
                .containsExactly("orgmem_6", "orgmem_7", "orgmem_8");
        assertThat(organizations.ofUser("user_1", 10, null))
                .extracting(joined -> joined.membership().id())
                .containsExactly("orgmem_1");
        assertThat(organizations.membership("org_1", "user_1").orElseThrow().id())
                .isEqualTo("orgmem_1");
        assertThat(organizations.membership("org_1", "user_2").orElseThrow().id())
                .isEqualTo("orgmem_6");
    }

    @Test
    void findsOrganizationsOfUser() {
        membership("orgmem_1", "org_1", "user_1", "org:admin");
        membership("orgmem_2", "org_2", "user_1", "org:member");
        membership("orgmem_3", "org_1", "user_2", "org:member");
        membership("orgmem_4", "org_3", "user_1", "org:member");
        event("organization.deleted", "{'id':'org_3'}");
        assertThat(organizations.ofUser("user_1", 10, null))
                .extracting(joined -> joined.membership().role() + " of "
                        + joined.organization().name())
                .containsExactly("org:admin of Name of org_1", "org:member of Name of org_2");
        assertThat(organizations.ofUser("user_1", 10, "orgmem_1")).hasSize(1);
        assertThat(organizations.membership("org_1", "user_1").orElseThrow().role())
                .isEqualTo("org:admin");
        assertThat(organizations.membership("org_2", "user_2")).isEmpty();
        assertThat(organizations.membership("org_3", "user_1")).isEmpty();
    }

    /** Uncommitted writes of the caller are visible on its connection only. */
    @Test
    void findsWithinCallersTransaction() {
        user("user_1", "'first_name':'Ann'");
        membership("orgmem_1", "org_1", "user_1", "org:admin");
        List<String> seen = bench.database().inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("update clerk_users set first_name = 'Bea' where id = 'user_1'");
                statement.execute("update clerk_organizations set name = 'Other' where id = 'org_1'");
            }
            List<String> names = new ArrayList<>();
            names.add(users.on(connection).find("user_1").orElseThrow().firstName());
            names.add(users.find("user_1").orElseThrow().firstName());
            names.add(organizations.on(connection).find("org_1").orElseThrow().name());
            connection.rollback();
            names.add(users.on(connection).find("user_1").orElseThrow().firstName());
            return names;
        });
        assertThat(seen).containsExactly("Bea", "Ann", "Other", "Ann");
    }

    @Test
    void throwsIfTableIsNotMirrored() {
        MirrorSettings few =
                MirrorSettings.DEFAULT.withTables(TableChoice.allBut("clerk_users", "clerk_organization_memberships"));
        assertThatExceptionOfType(NotMirroredException.class)
                .isThrownBy(() -> ClerkUsers.of(bench.database(), few).find("user_1"))
                .withMessageContaining("clerk_users")
                .withMessageContaining("bellhop.mirror.tables");
        ClerkOrganizations some = ClerkOrganizations.of(bench.database(), few);
        assertThat(some.find("org_1")).isEmpty();
        assertThatExceptionOfType(NotMirroredException.class).isThrownBy(() -> some.ofUser("user_1", 1, null));
    }

    @Test
    void acceptsAnyTextAsId() {
        user("user_1", "'first_name':'Odd','external_id':'a\\u0000b'");
        assertThat(users.findByExternalId("a\u0000b"))
                .extracting(ClerkUser::firstName)
                .containsExactly("Odd");
        for (String text : List.of("", "'", "%", "\ud800", "x".repeat(100_000))) {
            assertThat(users.find(text)).isEmpty();
            assertThat(users.findByEmail(text)).isEmpty();
            assertThat(users.findByExternalId(text)).isEmpty();
            assertThat(organizations.findBySlug(text)).isEmpty();
        }
    }
}
