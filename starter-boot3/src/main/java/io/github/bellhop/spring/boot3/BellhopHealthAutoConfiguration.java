package io.github.bellhop.spring.boot3;

import io.github.bellhop.spring.BellhopAutoConfiguration;
import io.github.bellhop.sync.SyncEngine;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds Bellhop to the app's health. */
@AutoConfiguration(after = BellhopAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(SyncEngine.class)
@ConditionalOnEnabledHealthIndicator("bellhop")
public final class BellhopHealthAutoConfiguration {
    /** Called by Spring. */
    public BellhopHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "bellhopHealthIndicator")
    HealthIndicator bellhopHealthIndicator(SyncEngine engine) {
        return () -> (engine.isReady() ? Health.up() : Health.down())
                .withDetail("database", engine.database().dialect().name())
                .withDetail("handlers", engine.handlerStanding().details())
                .build();
    }
}
