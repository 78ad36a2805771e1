/**
 * The command line: one class per command, each a thin layer over the modules that do the work.
 * Start at {@link io.github.bellhop.server.command.BellhopCommand}.
 * A command is created for one run and is not safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.server.command;

import org.jspecify.annotations.NullMarked;
