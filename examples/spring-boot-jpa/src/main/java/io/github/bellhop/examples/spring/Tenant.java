package io.github.bellhop.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The app's own data about an organization, in addition to the mirror: its plan. */
@Entity
@Table(name = "tenants")
public class Tenant {
    @Id
    private String organizationId;

    private String plan;

    /** Used by JPA. */
    protected Tenant() {}

    Tenant(String organizationId, String plan) {
        this.organizationId = organizationId;
        this.plan = plan;
    }

    /** The organization's Clerk id. */
    public String getOrganizationId() {
        return organizationId;
    }

    /** The plan that the tenant pays for. */
    public String getPlan() {
        return plan;
    }
}
