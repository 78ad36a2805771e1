package io.github.bellhop.spring;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.handle.Handlers;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the annotated methods of the app's beans by the types of the beans, without making any: the engine is needed as
 * early as the web server.
 */
final class HandlerMethods {
    private final ConfigurableListableBeanFactory beans;
    private final Handlers.Builder handlers = Handlers.builder();

    private HandlerMethods(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    static Handlers of(ConfigurableListableBeanFactory beans) {
        HandlerMethods methods = new HandlerMethods(beans);
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            methods.addAllOf(name);
        }
        return methods.handlers.build();
    }

    private void addAllOf(String beanName) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
        if (type == null
                || type.getName().startsWith("org.springframework.")
                || !AnnotationUtils.isCandidateClass(type, OnClerkEvent.class)) {
            return;
        }
        Map<Method, @Nullable OnClerkEvent> found =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<OnClerkEvent>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, OnClerkEvent.class));
        found.forEach((method, wish) -> {
            if (wish != null) {
                add(beanName, method, wish);
            }
        });
    }

    private void add(String beanName, Method method, OnClerkEvent wish) {
        String name = wish.value().isEmpty() ? beanName + "." + method.getName() : wish.value();
        HandlerOptions options = new WantedOptions(beans, beanName + "." + method.getName()).of(wish);
        HandlerMethod handler = new HandlerMethod(beans, beanName, method);
        try {
            add(handler.eventType(), name, options, handler);
        } catch (IllegalArgumentException refused) {
            throw new MisconfigurationException(
                    "The @OnClerkEvent method " + beanName + "." + method.getName() + " is refused: "
                            + refused.getMessage(),
                    "Give it another name: @OnClerkEvent(\"a-name-of-its-own\").");
        }
    }

    private <E extends ClerkEvent> void add(Class<E> type, String name, HandlerOptions options, HandlerMethod handler) {
        handlers.on(type, name, options, handler::handle);
    }
}
