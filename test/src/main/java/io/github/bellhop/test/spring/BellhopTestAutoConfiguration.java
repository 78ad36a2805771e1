package io.github.bellhop.test.spring;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvents;
import jakarta.servlet.Servlet;
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

/** Gives tests of a Spring Boot app {@link SignedEvents}, {@link Deliveries} and a {@link Mirror} to be injected. */
@AutoConfiguration(afterName = "io.github.bellhop.spring.BellhopServletAutoConfiguration")
@ConditionalOnClass(name = "io.github.bellhop.spring.BellhopServletAutoConfiguration")
public final class BellhopTestAutoConfiguration {
    private static final String WEBHOOK = "bellhopWebhook";

    /** For Spring. */
    public BellhopTestAutoConfiguration() {}

    /** Signed with the secret of the app under test. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    SignedEvents bellhopSignedEvents(Environment environment) {
        String secrets = environment.getProperty(
                "bellhop.signing-secret", environment.getProperty("CLERK_WEBHOOK_SIGNING_SECRET", ""));
        return SignedEvents.with(secrets.split(",", 2)[0].strip());
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnBean(Database.class)
    Mirror bellhopMirror(Database database) {
        return Mirror.of(database);
    }

    /** For apps on servlets. */
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
