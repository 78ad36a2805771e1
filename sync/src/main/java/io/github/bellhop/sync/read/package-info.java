/**
 * Reads the tables: queries of the mirror for the app's own code, and readers of messages and rows for display. Start
 * at {@link io.github.bellhop.sync.read.ClerkUsers} and {@link io.github.bellhop.sync.read.ClerkOrganizations}; for
 * display, start at {@link io.github.bellhop.sync.read.MessageReader} and
 * {@link io.github.bellhop.sync.read.TableReader}. All readers except {@link io.github.bellhop.sync.read.MessageFeed}
 * are safe for concurrent use; the records are immutable.
 */
@NullMarked
package io.github.bellhop.sync.read;

import org.jspecify.annotations.NullMarked;
