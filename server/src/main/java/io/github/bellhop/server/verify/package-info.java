/**
 * Explains why a captured delivery is valid or not: by its secret, its headers, its timestamp, or the form of its body.
 * Start at {@link io.github.bellhop.server.verify.DeliveryDiagnosis}. All types are immutable or stateless, and
 * therefore thread-safe.
 */
@NullMarked
package io.github.bellhop.server.verify;

import org.jspecify.annotations.NullMarked;
