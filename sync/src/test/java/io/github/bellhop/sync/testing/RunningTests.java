package io.github.bellhop.sync.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs actions when the test class or method on a thread has ended, so that resources created for it can be removed.
 * JUnit registers this extension automatically in every module. If a waiting thread runs another test in the meantime,
 * that test is the innermost.
 */
public final class RunningTests implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ThreadLocal<Deque<List<Runnable>>> RUNNING = ThreadLocal.withInitial(ArrayDeque::new);

    /** Runs the action after the innermost test of this thread, or never if this thread runs no test. */
    static void afterTest(Runnable action) {
        List<Runnable> test = RUNNING.get().peek();
        if (test != null) {
            test.add(action);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RUNNING.get().push(new ArrayList<>());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RUNNING.get().push(new ArrayList<>());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RUNNING.get().pop().forEach(Runnable::run);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        RUNNING.get().pop().forEach(Runnable::run);
    }
}
