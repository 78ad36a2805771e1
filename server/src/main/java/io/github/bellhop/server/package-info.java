/**
 * The program: one executable with all of Bellhop's commands.
 * Start at {@link io.github.bellhop.server.BellhopMain}.
 * A command runs on the thread that calls it; a class that starts threads says so.
 */
@NullMarked
package io.github.bellhop.server;

import org.jspecify.annotations.NullMarked;
