package io.github.bellhop.test.spring;

import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.RunEnvironment;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvents;
import io.github.bellhop.test.TestClock;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Servlet;
import java.time.InstantSource;
import java.util.Random;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;

/** Provides {@link SignedEvents}, {@link Deliveries} and a {@link Mirror} to inject into tests of a Spring Boot app. */
@AutoConfiguration(afterName = "io.github.bellhop.spring.BellhopServletAutoConfiguration")
@ConditionalOnClass(name = "io.github.bellhop.spring.BellhopServletAutoConfiguration")
public final class BellhopTestAutoConfiguration {
    private static final String WEBHOOK = "bellhopWebhook";

    /** Called by Spring. */
    public BellhopTestAutoConfiguration() {}

    /** Signs with the secret of the app under test. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    SignedEvents bellhopSignedEvents(Environment environment, ObjectProvider<TestClock> clock) {
        String secrets = environment.getProperty("bellhop.signing-secret", "");
        if (secrets.isBlank()) {
            secrets = environment.getProperty("CLERK_WEBHOOK_SIGNING_SECRET", "");
        }
        return SignedEvents.with(
                secrets.split(",", 2)[0].strip(),
                clock.getIfAvailable(() -> new TestClock(() -> {})),
                new Random().nextLong());
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnBean(Database.class)
    Mirror bellhopMirror(Database database) {
        return Mirror.of(database);
    }

    /** Beans for apps with the engine. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SyncEngine.class)
    static class OnEngine {
        @Bean
        @ConditionalOnMissingBean
        TestClock bellhopTestClock(ObjectProvider<SyncEngine> engines) {
            return new TestClock(() -> engines.ifAvailable(engine -> {
                engine.wakeWorker();
                engine.wakeHandlers();
            }));
        }

        @Bean
        @Lazy
        @ConditionalOnMissingBean
        @ConditionalOnBean(Database.class)
        HandlerCalls bellhopHandlerCalls(CallRecorder recorder, Mirror mirror) {
            return new HandlerCalls(recorder, mirror);
        }

        @Bean
        static CallRecorder bellhopCallRecorder() {
            return new CallRecorder();
        }

        @Bean
        static BeanPostProcessor bellhopEngineExtender(
                ObjectProvider<TestClock> clock, ObjectProvider<CallRecorder> recorder) {
            return new EngineExtender(clock, recorder);
        }
    }

    /** Makes the engine use the test's clock and record each call of a handler. */
    private record EngineExtender(ObjectProvider<TestClock> clock, ObjectProvider<CallRecorder> recorder)
            implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof SyncSettings settings && settings.clock().equals(InstantSource.system())) {
                return settings.toBuilder().clock(clock.getObject()).build();
            }
            if (bean instanceof RunEnvironment environment) {
                ObservationRegistry registry =
                        environment.observations().isNoop() ? ObservationRegistry.create() : environment.observations();
                recorder.getObject().listenTo(registry);
                return environment.withObservations(registry);
            }
            return bean;
        }
    }

    /** Beans for servlet apps. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Servlet.class, MockMvc.class})
    @ConditionalOnBean(name = WEBHOOK)
    static class OnServlets {
        @Bean
        @Lazy
        @ConditionalOnMissingBean
        Deliveries bellhopDeliveries(
                Environment environment,
                @Qualifier(WEBHOOK) ObjectProvider<ServletRegistrationBean<?>> webhook,
                ObjectProvider<MockMvc> mockMvc) {
            return new AppDeliveries(environment, webhook, mockMvc);
        }

        @Bean
        static BeanPostProcessor bellhopMockMvcFilter(
                @Qualifier(WEBHOOK) ObjectProvider<ServletRegistrationBean<?>> webhook) {
            return new MockMvcExtender(webhook);
        }
    }

    /** Adds the filter to the app's MockMvc, after all others. */
    private record MockMvcExtender(ObjectProvider<ServletRegistrationBean<?>> webhook) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof DefaultMockMvcBuilder builder) {
                builder.addFilters(new MockWebhookFilter(webhook));
            }
            return bean;
        }
    }
}
