package io.github.bellhop.server.answer;

/**
 * What an answer means. Contains no secret and no part of a payload.
 *
 * @param id    a stable kebab-case name
 * @param named whether the answer's headers or body identify its sender; if not, only the status suggests the cause
 * @param what  what the answer is, printed after "answers 404: "
 * @param why   the cause
 * @param fix   what to do
 */
public record AnswerCause(String id, boolean named, String what, String why, String fix) {}
