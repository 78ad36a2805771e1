/**
 * Output to a terminal, in 80 columns and without control characters.
 * Start at {@link io.github.bellhop.server.terminal.Paragraph} for people and at
 * {@link io.github.bellhop.server.terminal.JsonLine} for programs. {@code RowPrinter} and {@code JsonLine} are not safe for
 * concurrent use; everything else is stateless and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.server.terminal;

import org.jspecify.annotations.NullMarked;
