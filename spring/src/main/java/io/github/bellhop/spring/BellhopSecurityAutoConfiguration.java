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
 * Lets deliveries bypass Spring Security: their signature authenticates them, and Clerk has neither a login nor a CSRF
 * token.
 *
 * <p>Runs only if a chain exists, and after Boot's auto-configurations that add a default chain. Otherwise this chain
 * would disable the default protection of the rest of the app.
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
    /** Called by Spring. */
    public BellhopSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnBean(SecurityFilterChain.class)
    @ConditionalOnMissingBean(name = "bellhopSecurityFilterChain")
    SecurityFilterChain bellhopSecurityFilterChain(BellhopProperties properties) {
        return new DeliveryChain(EngineSettings.path(properties));
    }
}
