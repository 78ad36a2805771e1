/**
 * What an HTTP answer to a delivery means: who wrote it, why, and what to do. Start at
 * {@link io.github.bellhop.server.answer.AnswerTable}, which holds every known answer as data. All types are immutable,
 * so several threads may use them at once.
 */
@NullMarked
package io.github.bellhop.server.answer;

import org.jspecify.annotations.NullMarked;
