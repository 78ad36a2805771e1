package io.github.bellhop.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Lets deliveries past Spring Security: their signature is their proof, and Clerk has neither login nor CSRF token.
 *
 * <p>Comes after everything of Boot's that adds a chain unless there is one, and only if there is one: this chain must
 * never be the reason for which the rest of the app stands open.
 */
@AutoConfiguration(
        after = BellhopServletAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
        })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnProperty(prefix = "bellhop", name = "enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(SecurityFilterChain.class)
public final class BellhopSecurityAutoConfiguration {
    /** For Spring. */
    public BellhopSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnBean(SecurityFilterChain.class)
    @ConditionalOnMissingBean(name = "bellhopSecurityFilterChain")
    SecurityFilterChain bellhopSecurityFilterChain(BellhopProperties properties) {
        return new DeliveryChain(EngineSettings.path(properties));
    }
}
