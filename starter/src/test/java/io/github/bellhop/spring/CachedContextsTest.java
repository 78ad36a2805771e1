package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.handle.RunGate;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

/** Tests that handlers are not called in contexts that Spring caches for later tests. */
class CachedContextsTest {
    @Configuration(proxyBeanMethods = false)
    static class Gates {
        @Bean
        RunGate gate() {
            return new RunGate();
        }
    }

    @ContextConfiguration(classes = Gates.class)
    @TestPropertySource(properties = "context=first")
    static class First {}

    @ContextConfiguration(classes = Gates.class)
    @TestPropertySource(properties = "context=second")
    static class Second {}

    private static RunGate gate(TestContextManager tests) {
        return tests.getTestContext().getApplicationContext().getBean(RunGate.class);
    }

    @Test
    void callsHandlersOnlyInTheContextUnderTest() throws Exception {
        TestContextManager first = new TestContextManager(First.class);
        first.beforeTestClass();
        first.prepareTestInstance(new First());
        RunGate ofFirst = gate(first);
        assertThat(ofFirst.isOpen()).isTrue();
        first.afterTestClass();

        TestContextManager second = new TestContextManager(Second.class);
        second.beforeTestClass();
        assertThat(ofFirst.isOpen()).as("before the second context is created").isFalse();
        second.prepareTestInstance(new Second());
        RunGate ofSecond = gate(second);
        assertThat(ofSecond.isOpen()).isTrue();

        // The same happens when an outer class continues after a nested class with its own context.
        first.prepareTestInstance(new First());
        assertThat(ofFirst.isOpen()).isTrue();
        assertThat(ofSecond.isOpen()).isFalse();
        first.afterTestClass();
    }
}
