package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.Organization;

/** An organization was created, changed or deleted. */
public sealed interface OrganizationEvent extends ClerkEvent {
    /** {@code organization.created}. */
    record Created(EventMeta meta, Organization data, RawPayload raw) implements OrganizationEvent {}

    /** {@code organization.updated}. */
    record Updated(EventMeta meta, Organization data, RawPayload raw) implements OrganizationEvent {}

    /** {@code organization.deleted}. The data contains little more than the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements OrganizationEvent {}
}
