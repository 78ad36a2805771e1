package io.github.bellhop.test.spring;

import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;

/**
 * Asserts which handlers of the app under test were called. Tests of Spring Boot apps have a bean of this type. Safe
 * for concurrent use.
 *
 * <pre>{@code
 * calls.called(event, "welcome");
 * calls.neverCalled(late, "welcome");
 * }</pre>
 */
public final class HandlerCalls {
    private final CallRecorder recorder;
    private final Mirror mirror;

    HandlerCalls(CallRecorder recorder, Mirror mirror) {
        this.recorder = recorder;
        this.mirror = mirror;
    }

    /** Returns the number of times that a handler has been called for an event so far, including failed attempts. */
    public int count(SignedEvent event, String handler) {
        return recorder.count(event.messageId(), handler);
    }

    /**
     * Asserts that a handler is called for an event within 10 seconds.
     *
     * @throws AssertionError if it is not called
     */
    public void called(SignedEvent event, String handler) {
        mirror.eventually(() -> {
            if (count(event, handler) == 0) {
                throw new AssertionError("The handler " + handler + " was not called for " + event.messageId() + ".");
            }
        });
    }

    /**
     * Asserts that a handler was not called for an event. First waits until every handler is done with the event or has
     * given up, so that no later call can follow.
     *
     * @throws AssertionError if it was called, or a handler is still busy after 10 seconds
     */
    public void neverCalled(SignedEvent event, String handler) {
        int count = count(mirror.awaitSettled(event), handler);
        if (count > 0) {
            throw new AssertionError(
                    "The handler " + handler + " was called for " + event.messageId() + " (calls: " + count + ").");
        }
    }
}
