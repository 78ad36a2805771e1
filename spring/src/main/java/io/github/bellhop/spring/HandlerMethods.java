package io.github.bellhop.spring;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.handle.Handlers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds annotated methods through the bean types without creating any beans, because the web server needs the engine
 * early. Properties that the types do not show are checked after the beans have been created.
 */
final class HandlerMethods implements StartCheck {
    private final ConfigurableListableBeanFactory beans;
    private final Handlers.Builder builder = Handlers.builder();
    private final List<HandlerMethod> methods = new ArrayList<>();
    private final Handlers handlers;

    HandlerMethods(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = typeOf(beans, name);
            if (type != null) {
                annotated(type)
                        .forEach((method, annotation) -> add(new HandlerPlace(beans, name, type, method), annotation));
            }
        }
        handlers = builder.build();
    }

    Handlers handlers() {
        return handlers;
    }

    List<HandlerMethod> all() {
        return List.copyOf(methods);
    }

    /** Returns the names of the beans and methods with the annotation, regardless of their parameters. */
    static List<String> annotatedIn(ConfigurableListableBeanFactory beans) {
        List<String> found = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = typeOf(beans, name);
            if (type != null) {
                annotated(type).keySet().forEach(method -> found.add(name + "." + method.getName()));
            }
        }
        return found;
    }

    /** Also returns null for the target of a scoped proxy: it is called through the proxy, which is a bean itself. */
    private static @Nullable Class<?> typeOf(ConfigurableListableBeanFactory beans, String beanName) {
        if (ScopedProxyUtils.isScopedTarget(beanName)) {
            return null;
        }
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
        if (type != null && ScopedObject.class.isAssignableFrom(type)) {
            String target = ScopedProxyUtils.getTargetBeanName(beanName);
            return beans.containsBean(target) ? AutoProxyUtils.determineTargetClass(beans, target) : type;
        }
        return type;
    }

    private static Map<Method, OnClerkEvent> annotated(Class<?> type) {
        if (type.getName().startsWith("org.springframework.")
                || !AnnotationUtils.isCandidateClass(type, OnClerkEvent.class)) {
            return Map.of();
        }
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<OnClerkEvent>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, OnClerkEvent.class));
    }

    private void add(HandlerPlace place, OnClerkEvent annotation) {
        String name = annotation.value().isEmpty() ? place.text() : annotation.value();
        HandlerOptions options = new WantedOptions(beans, place.text()).of(annotation);
        HandlerMethod handler = HandlerMethod.of(place);
        methods.add(handler);
        try {
            add(handler.eventType(), name, options, handler);
        } catch (IllegalArgumentException refused) {
            throw new MisconfigurationException(
                    "The @OnClerkEvent method " + place.text() + " is invalid: " + refused.getMessage(),
                    "Give it another name: @OnClerkEvent(\"another-name\").");
        }
    }

    private <E extends ClerkEvent> void add(Class<E> type, String name, HandlerOptions options, HandlerMethod handler) {
        builder.on(type, name, options, handler::handle);
    }

    /** Checks that the proxies of the created beans expose the methods, and that all methods were found. */
    @Override
    public @Nullable String check() {
        for (HandlerMethod method : methods) {
            method.place().checkIfMade();
        }
        for (String name : beans.getBeanDefinitionNames()) {
            Object made = ScopedProxyUtils.isScopedTarget(name) ? null : beans.getSingleton(name);
            if (made != null && !(made instanceof FactoryBean<?>)) {
                checkAllFound(name, AopUtils.getTargetClass(made));
            }
        }
        return null;
    }

    private void checkAllFound(String beanName, Class<?> type) {
        Set<String> found = new LinkedHashSet<>();
        for (HandlerMethod method : methods) {
            if (method.place().beanName().equals(beanName)) {
                found.add(method.place().method().getName());
            }
        }
        for (Method method : annotated(type).keySet()) {
            if (!found.contains(method.getName())) {
                throw new MisconfigurationException(
                        "The @OnClerkEvent method " + type.getSimpleName() + "." + method.getName()
                                + " would never be called: the bean " + beanName
                                + " is declared with a type that does not contain it.",
                        "Declare the @Bean method's return type as " + type.getSimpleName() + ", or move the annotation"
                                + " to its current return type.");
            }
        }
    }
}
