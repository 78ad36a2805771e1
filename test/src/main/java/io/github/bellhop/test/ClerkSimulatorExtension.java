package io.github.bellhop.test;

import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatorSettings;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests a running {@link ClerkSimulator} as a parameter. There is one per test, shared with its set-up methods,
 * or one per class if a {@code @BeforeAll} method requests it. It is closed when the test or the class ends. Its
 * settings are in {@link ClerkSimulation}, which also registers this extension. Works with JUnit 5 and 6.
 */
public final class ClerkSimulatorExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ClerkSimulatorExtension.class);

    /** Called by JUnit. */
    public ClerkSimulatorExtension() {}

    private record Running(ClerkSimulator simulator, long seed) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == ClerkSimulator.class;
    }

    @Override
    public ClerkSimulator resolveParameter(ParameterContext parameter, ExtensionContext test) {
        ExtensionContext.Store store = test.getStore(NAMESPACE);
        Running running = store.get(Running.class, Running.class);
        if (running == null) {
            running = start(test);
            store.put(Running.class, running);
        }
        return running.simulator();
    }

    private static Running start(ExtensionContext test) {
        ClerkSimulation wanted = test.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, ClerkSimulation.class))
                .or(() -> AnnotationSupport.findAnnotation(test.getTestClass(), ClerkSimulation.class))
                .orElse(null);
        long seed = wanted == null || wanted.seed() == 0 ? new Random().nextLong() : wanted.seed();
        double scale = wanted == null ? 1 : wanted.timeScale();
        SimulatorSettings settings =
                SimulatorSettings.of(InstantSource.system(), seed).withTimeScale(scale);
        return new Running(ClerkSimulator.start(settings, 0), seed);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        end(test);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        end(tests);
    }

    private static void end(ExtensionContext test) {
        Running running = test.getStore(NAMESPACE).remove(Running.class, Running.class);
        if (running != null) {
            running.simulator().close();
            if (test.getExecutionException().isPresent()) {
                test.publishReportEntry("clerk-simulator-seed", Long.toString(running.seed()));
            }
        }
    }
}
