/**
 * How text reaches a terminal: in 80 columns, and without characters that could steer it.
 * Start at {@link io.github.bellhop.server.terminal.Paragraph}; {@link io.github.bellhop.server.terminal.JsonLine} is for
 * programs. Everything but a printer and a line is stateless and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.server.terminal;

import org.jspecify.annotations.NullMarked;
