package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every query uses an index, with 30,000 users, half of them in one organization. */
@SameOnEveryJdk
class FindPlansTest {
    private static final String NUMBERS =
            " from (with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 30000)"
                    + " select n from numbers) as numbers";
    private static final String[] FILL = {
        "insert into clerk_users (id, external_id, username, bellhop_version, synced_at) select 'user_' || n, 'ext_' || n,"
                + " case when n % 3 = 0 then 'name_' || n end, '1', TIME" + NUMBERS,
        "insert into clerk_user_email_addresses (user_id, id, email_address) select 'user_' || n, 'idn_' || n,"
                + " 'a' || n || '@example.com'" + NUMBERS,
        "insert into clerk_organizations (id, slug, bellhop_version, synced_at) select 'org_' || n, 'slug-' || n, '1',"
                + " TIME" + NUMBERS,
        "insert into clerk_organization_memberships (id, organization_id, user_id, bellhop_version, synced_at)"
                + " select 'orgmem_' || n, 'org_' || (case when n % 2 = 0 then 1 else n end), 'user_' || n, '1', TIME"
                + NUMBERS
    };

    private static String plan(OpenDatabase open, TestDatabase kind, String sql, String... parameters) {
        String explain = kind == TestDatabase.SQLITE ? "explain query plan " : "explain (analyze) ";
        return Rows.query(open.database(), explain + sql, (Object[]) parameters).stream()
                .map(row -> row.getOrDefault("detail", row.get("QUERY PLAN")).toString())
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void findsByIndexes(TestDatabase kind) {
        String time = kind == TestDatabase.SQLITE ? "'2026-01-01T00:00:00.000Z'" : "now()";
        try (OpenDatabase open = kind.open()) {
            for (String sql : FILL) {
                Rows.execute(open.database(), sql.replace("TIME", time));
            }
            Rows.execute(open.database(), "analyze");
            String page = MirrorReader.limit(20);
            assertUses(plan(open, kind, UserFinder.BY_ID, "user_77"), "clerk_users");
            assertUses(plan(open, kind, UserFinder.BY_EXTERNAL_ID, "ext_77"), "clerk_users_external_id");
            assertUses(plan(open, kind, UserFinder.BY_USERNAME, "NAME_78"), "clerk_users_username");
            assertUses(plan(open, kind, UserFinder.BY_EMAIL, "A77@example.com"), "clerk_user_email_addresses_address");
            assertUses(plan(open, kind, OrganizationFinder.BY_ID, "org_77"), "clerk_organizations");
            assertUses(plan(open, kind, OrganizationFinder.BY_SLUG, "slug-77"), "clerk_organizations_slug");
            assertUses(
                    plan(open, kind, OrganizationFinder.MEMBERSHIP, "user_78", "org_1"),
                    "clerk_organization_memberships_joined");
            assertUses(
                    plan(open, kind, OrganizationFinder.OF_USER + page, "user_77", ""),
                    "clerk_organization_memberships_joined");
            // A page in the middle of a large organization reads only its own rows.
            String members = plan(open, kind, OrganizationFinder.MEMBERS + page, "org_1", "orgmem_20000");
            assertUses(members, "clerk_organization_memberships_members");
            assertThat(members)
                    .doesNotContain("Sort", "TEMP B-TREE")
                    // The filter may remove one row per user: the row itself, the user's only membership in this
                    // organization.
                    .doesNotContainPattern("Removed by Filter: ([2-9]|\\d\\d)");
        }
    }

    private static void assertUses(String plan, String index) {
        // No cascade is running, so that table is empty.
        assertThat(plan.replace("Seq Scan on bellhop_cascades", ""))
                .contains(index)
                .doesNotContain("Seq Scan")
                .doesNotContainPattern("(?m)^SCAN ");
    }
}
