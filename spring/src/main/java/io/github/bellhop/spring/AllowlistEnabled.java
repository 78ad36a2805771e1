package io.github.bellhop.spring;

import io.github.bellhop.receiver.AllowlistMode;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless the allowlist is off, so that its file and URL are read only if needed. */
final class AllowlistEnabled implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                        .bind("bellhop.ip-allowlist", AllowlistMode.class)
                        .orElse(AllowlistMode.OFF)
                != AllowlistMode.OFF;
    }
}
