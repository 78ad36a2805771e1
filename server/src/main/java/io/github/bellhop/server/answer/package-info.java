/**
 * What an HTTP answer to a delivery means: its sender, the cause, and what to do. Start at
 * {@link io.github.bellhop.server.answer.AnswerTable}, which holds every known answer as data. All types are immutable
 * and thread-safe.
 */
@NullMarked
package io.github.bellhop.server.answer;

import org.jspecify.annotations.NullMarked;
