package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.OrganizationDomain;

/** A domain of an organization was created, changed or deleted. */
public sealed interface OrganizationDomainEvent extends ClerkEvent {
    /** {@code organizationDomain.created}. */
    record Created(EventMeta meta, OrganizationDomain data, RawPayload raw) implements OrganizationDomainEvent {}

    /** {@code organizationDomain.updated}. */
    record Updated(EventMeta meta, OrganizationDomain data, RawPayload raw) implements OrganizationDomainEvent {}

    /** {@code organizationDomain.deleted}. The data contains little more than the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements OrganizationDomainEvent {}
}
