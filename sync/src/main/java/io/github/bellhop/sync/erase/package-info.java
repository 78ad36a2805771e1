/**
 * Erases a person: removes all rows, payloads and audit log entries with personal data, and keeps only ids. Start at
 * {@link io.github.bellhop.sync.erase.Eraser}. The tables of {@link io.github.bellhop.sync.mirror.ClerkTables} declare
 * which columns contain personal data. Several instances may erase at once: each skips the steps that the others have
 * done.
 */
@NullMarked
package io.github.bellhop.sync.erase;

import org.jspecify.annotations.NullMarked;
