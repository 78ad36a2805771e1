package io.github.bellhop.event;

import io.github.bellhop.event.data.DeletedObject;
import io.github.bellhop.event.data.Permission;

/** A permission was created, changed or deleted. */
public sealed interface PermissionEvent extends ClerkEvent {
    /** {@code permission.created}. */
    record Created(EventMeta meta, Permission data, RawPayload raw) implements PermissionEvent {}

    /** {@code permission.updated}. */
    record Updated(EventMeta meta, Permission data, RawPayload raw) implements PermissionEvent {}

    /** {@code permission.deleted}. The data contains little more than the id. */
    record Deleted(EventMeta meta, DeletedObject data, RawPayload raw) implements PermissionEvent {}
}
