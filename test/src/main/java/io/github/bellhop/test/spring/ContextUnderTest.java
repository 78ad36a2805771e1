package io.github.bellhop.test.spring;

import io.github.bellhop.sync.handle.RunGate;
import io.github.bellhop.test.TestClock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;
import org.springframework.util.ClassUtils;

/**
 * Lets only the context under test call handlers. Contexts that Spring caches for later tests are paused, so that they
 * do not take its events. Resets the clock after each test.
 */
final class ContextUnderTest extends AbstractTestExecutionListener {
    private static final boolean HAS_ENGINE =
            ClassUtils.isPresent("io.github.bellhop.sync.handle.RunGate", ContextUnderTest.class.getClassLoader());

    /** Right after dependency injection; before that, the context may not exist yet. */
    private static final int ORDER = 2_001;

    /** Called by Spring. */
    ContextUnderTest() {}

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** Pauses the other contexts before a new one is created. */
    @Override
    public void beforeTestClass(TestContext test) {
        if (HAS_ENGINE) {
            OpenGates.use(test.hasApplicationContext() ? gate(test) : null);
        }
    }

    @Override
    public void prepareTestInstance(TestContext test) {
        if (HAS_ENGINE) {
            OpenGates.use(gate(test));
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            test.getApplicationContext().getBeanProvider(TestClock.class).ifAvailable(TestClock::reset);
        }
    }

    @Override
    public void afterTestClass(TestContext test) {
        if (HAS_ENGINE) {
            OpenGates.endOfClass();
        }
    }

    private static @Nullable RunGate gate(TestContext test) {
        ApplicationContext context = test.getApplicationContext();
        return context.getBeanProvider(RunGate.class).getIfAvailable();
    }
}
