package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.mirror.Projection;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that can be found out about it without a database.
 *
 * @param row        what goes into the inbox if all goes well
 * @param projection what it means for the mirror; null when nothing is to be mirrored
 * @hidden
 */
public record PreparedMessage(InboxRow row, @Nullable Projection projection) {}
