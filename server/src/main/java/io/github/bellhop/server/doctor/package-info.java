/**
 * Looks for what is wrong between Clerk and the tables: many checks side by side, each of which tells what it found,
 * why, and what to do.
 * Start at {@link io.github.bellhop.server.doctor.Doctor}.
 * A doctor is for one examination; what it finds is immutable.
 */
@NullMarked
package io.github.bellhop.server.doctor;

import org.jspecify.annotations.NullMarked;
