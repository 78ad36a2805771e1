package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.Role;

/** A role was created, changed or deleted. */
public sealed interface RoleEvent extends ClerkEvent {
    /** {@code role.created}. */
    record Created(EventMeta meta, Role data, RawPayload raw) implements RoleEvent {}

    /** {@code role.updated}. */
    record Updated(EventMeta meta, Role data, RawPayload raw) implements RoleEvent {}

    /** {@code role.deleted}. The data contains little more than the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements RoleEvent {}
}
