package io.github.bellhop.examples.spring;

import io.github.bellhop.event.OrganizationEvent;
import io.github.bellhop.spring.OnClerkEvent;
import org.springframework.stereotype.Component;

/** Creates a tenant for each organization, and removes it when the organization is deleted. */
@Component
class TenantSetup {
    private final Tenants tenants;

    TenantSetup(Tenants tenants) {
        this.tenants = tenants;
    }

    @OnClerkEvent("tenant-setup")
    void open(OrganizationEvent.Created created) {
        tenants.save(new Tenant(created.data().id(), "trial"));
    }

    @OnClerkEvent("tenant-closing")
    void close(OrganizationEvent.Deleted deleted) {
        tenants.deleteById(deleted.data().id());
    }
}
