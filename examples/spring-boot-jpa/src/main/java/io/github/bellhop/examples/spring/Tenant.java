package io.github.bellhop.examples.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What the app knows of an organization beside what is mirrored: its plan. */
@Entity
@Table(name = "tenants")
public class Tenant {
    @Id
    private String organizationId;

    private String plan;

    /** For JPA. */
    protected Tenant() {}

    Tenant(String organizationId, String plan) {
        this.organizationId = organizationId;
        this.plan = plan;
    }

    /** Clerk's id. */
    public String getOrganizationId() {
        return organizationId;
    }

    /** What it pays for. */
    public String getPlan() {
        return plan;
    }
}
