/**
 * The program: one executable, whose commands receive, show and pretend.
 * Start at {@link io.github.bellhop.server.BellhopMain}.
 * A command runs on the thread that called it; what it starts beside says so.
 */
@NullMarked
package io.github.bellhop.server;

import org.jspecify.annotations.NullMarked;
