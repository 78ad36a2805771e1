package io.github.bellhop.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ReflectionUtils;

/**
 * The bean that an annotated method belongs to. Checks that the method can be called on it.
 *
 * @param beans    the factory that contains the bean
 * @param beanName the name of the bean, or of its scoped proxy if it has one
 * @param type     the bean's class
 * @param method   the annotated method
 */
record HandlerPlace(ConfigurableListableBeanFactory beans, String beanName, Class<?> type, Method method) {
    private static final List<String> ASYNCHRONOUS = List.of(
            "org.springframework.scheduling.annotation.Async",
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous");

    /** Scopes that depend on state that a handler's thread lacks. */
    private static final Set<String> SCOPES_OF_THREADS = Set.of("request", "session", "websocket", "step", "job");

    /**
     * Rejects methods that would silently lose events.
     *
     * @throws MisconfigurationException if the method runs on another thread, or its bean's scope is bound to a thread
     */
    void check() {
        for (String annotation : ASYNCHRONOUS) {
            if (has(method, annotation) || has(type, annotation)) {
                throw refused(
                        "runs on another thread because of @" + annotation.substring(annotation.lastIndexOf('.') + 1)
                                + ". Its event would count as handled before the work is done, and a failure would be"
                                + " lost",
                        "Remove the annotation. Handlers already run in the background, after the delivery is"
                                + " answered.");
            }
        }
        String scope = scope();
        if (SCOPES_OF_THREADS.contains(scope)) {
            throw refused(
                    "belongs to a bean with scope \"" + scope + "\", which does not exist on a handler's thread",
                    "Move the method to a singleton bean.");
        }
    }

    private static boolean has(AnnotatedElement element, String annotation) {
        return MergedAnnotations.from(element, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
                .isPresent(annotation);
    }

    private String scope() {
        String target = ScopedProxyUtils.getTargetBeanName(beanName);
        String scoped = beans.containsBeanDefinition(target) ? target : beanName;
        String scope = beans.containsBeanDefinition(scoped)
                ? beans.getMergedBeanDefinition(scoped).getScope()
                : null;
        return scope == null ? "" : scope;
    }

    /** Returns a description of the method for messages, which is also the handler's default name. */
    String text() {
        return beanName + "." + method.getName();
    }

    /** Returns the bean's type, with the type arguments that its declaration contains. */
    ResolvableType declaredType() {
        if (beans.containsBeanDefinition(beanName)) {
            BeanDefinition definition = beans.getMergedBeanDefinition(beanName);
            ResolvableType declared = definition instanceof RootBeanDefinition root ? root.getResolvableType() : null;
            if (declared != null && type.equals(declared.resolve())) {
                return declared;
            }
        }
        return ResolvableType.forClass(type);
    }

    /** Checks the bean if it already exists. A lazy bean is checked at its first call. */
    void checkIfMade() {
        if (beans.containsSingleton(beanName)) {
            Method unused = invocable(beans.getBean(beanName));
        }
    }

    /**
     * Returns the method to call on the bean or its proxy.
     *
     * @throws MisconfigurationException if the proxy does not expose the method
     */
    Method invocable(Object bean) {
        if (AopUtils.isJdkDynamicProxy(bean)) {
            return ofInterface(bean);
        }
        if (AopUtils.isCglibProxy(bean) && !Modifier.isStatic(method.getModifiers()) && !isOverridden(bean)) {
            throw refused(
                    "cannot be called through its bean's proxy, because it is private, final or package-private in"
                            + " another package. The bean's fields would be null",
                    "Make the method public and not final.");
        }
        return AopUtils.selectInvocableMethod(method, bean.getClass());
    }

    private Method ofInterface(Object bean) {
        try {
            return AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException e) {
            throw refused(
                    "is not reachable: the bean has an interface proxy, and none of the interfaces declares the method",
                    "Declare the method in an interface of the bean, or set spring.aop.proxy-target-class to true.");
        }
    }

    private boolean isOverridden(Object proxy) {
        Method seen = ReflectionUtils.findMethod(proxy.getClass(), method.getName(), method.getParameterTypes());
        return seen != null && !seen.getDeclaringClass().isAssignableFrom(AopUtils.getTargetClass(proxy));
    }

    /**
     * Creates the exception for an invalid method.
     *
     * @param problem what is wrong; continues the sentence after the method's name
     */
    MisconfigurationException refused(String problem, String action) {
        return new MisconfigurationException("The @OnClerkEvent method " + text() + " " + problem + ".", action);
    }
}
