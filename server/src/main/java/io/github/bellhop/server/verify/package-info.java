/**
 * Why a captured delivery is valid or not: what was wrong with its secret, its headers, its time or the writing of its
 * body. Start at {@link io.github.bellhop.server.verify.DeliveryDiagnosis}. All types are immutable or stateless, so that
 * they may be used by several threads at once.
 */
@NullMarked
package io.github.bellhop.server.verify;

import org.jspecify.annotations.NullMarked;
