/**
 * Loads and checks the program's settings.
 * Start at {@link io.github.bellhop.server.settings.ProgramEnvironment}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.server.settings;

import org.jspecify.annotations.NullMarked;
