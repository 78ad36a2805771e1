/**
 * Finds faults between Clerk and the tables. The checks run concurrently, and each reports what it found, why,
 * and what to do.
 * Start at {@link io.github.bellhop.server.doctor.Doctor}.
 * A run has one {@link io.github.bellhop.server.doctor.Examination}; its findings are immutable.
 */
@NullMarked
package io.github.bellhop.server.doctor;

import org.jspecify.annotations.NullMarked;
