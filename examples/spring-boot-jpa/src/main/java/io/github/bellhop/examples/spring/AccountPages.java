package io.github.bellhop.examples.spring;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pages for the team, which query the mirror like any other table. */
@RestController
class AccountPages {
    private final JdbcClient jdbc;

    AccountPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest sign-ins and sign-outs, newest first. */
    @GetMapping("/sign-ins")
    List<Map<String, Object>> signIns() {
        return jdbc.sql("""
                        select l.type, l.occurred_at, u.primary_email
                        from clerk_audit_log l
                        left join clerk_users u on u.id = l.user_id
                        order by l.occurred_at desc
                        limit 50
                        """).query().listOfRows();
    }

    /** The tenants with their names in Clerk and their member counts. */
    @GetMapping("/tenants")
    List<Map<String, Object>> tenants() {
        return jdbc.sql("""
                        select o.name, t.plan, count(m.id) as members
                        from tenants t
                        join clerk_organizations o on o.id = t.organization_id and o.deleted_at is null
                        left join clerk_organization_memberships m
                            on m.organization_id = o.id and m.deleted_at is null
                        group by o.name, t.plan
                        order by o.name
                        """).query().listOfRows();
    }
}
