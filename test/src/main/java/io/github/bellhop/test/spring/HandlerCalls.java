package io.github.bellhop.test.spring;

import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;

/**
 * Asserts which handlers of the app under test were called. A bean of tests of Spring Boot apps. Safe for concurrent use.
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

    /** How often a handler was called for an event until now, attempts that failed included. */
    public int count(SignedEvent event, String handler) {
        return recorder.count(event.messageId(), handler);
    }

    /**
     * Asserts that a handler is called for an event, within 10 seconds.
     *
     * @throws AssertionError when it is not
     */
    public void called(SignedEvent event, String handler) {
        mirror.eventually(() -> {
            if (count(event, handler) == 0) {
                throw new AssertionError("The handler " + handler + " was not called for " + event.messageId() + ".");
            }
        });
    }

    /**
     * Asserts that a handler was not called for an event. Waits until every handler is done with it or has given it up,
     * so that a call cannot come later.
     *
     * @throws AssertionError when it was called, or a handler still has the event to do after 10 seconds
     */
    public void neverCalled(SignedEvent event, String handler) {
        int count = count(mirror.awaitSettled(event), handler);
        if (count > 0) {
            throw new AssertionError(
                    "The handler " + handler + " was called for " + event.messageId() + ", " + count + " times.");
        }
    }
}
