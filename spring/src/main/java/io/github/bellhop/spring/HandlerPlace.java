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
 * Where an annotated method is, and whether it can be reached there.
 *
 * @param beans    where the bean comes from
 * @param beanName the bean, its scoped proxy if it has one
 * @param type     the bean's class
 * @param method   the annotated method
 */
record HandlerPlace(ConfigurableListableBeanFactory beans, String beanName, Class<?> type, Method method) {
    private static final List<String> ASYNCHRONOUS = List.of(
            "org.springframework.scheduling.annotation.Async",
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous");

    /** Those that end with something that no handler's thread has. */
    private static final Set<String> SCOPES_OF_THREADS = Set.of("request", "session", "websocket", "step", "job");

    /**
     * Refuses what would lose events without a word.
     *
     * @throws MisconfigurationException when the method runs on another thread, or its bean is of another one
     */
    void check() {
        for (String annotation : ASYNCHRONOUS) {
            if (has(method, annotation) || has(type, annotation)) {
                throw refused(
                        "runs on another thread because of @" + annotation.substring(annotation.lastIndexOf('.') + 1)
                                + ": its event would count as handled before the work is done, and a failure would be"
                                + " lost",
                        "Remove the annotation. Handlers run in the background anyway, after the delivery is"
                                + " answered.");
            }
        }
        String scope = scope();
        if (SCOPES_OF_THREADS.contains(scope)) {
            throw refused(
                    "belongs to a bean of scope \"" + scope + "\", which does not exist on a handler's thread",
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

    /** Names it in messages; also the handler's name unless another is given. */
    String text() {
        return beanName + "." + method.getName();
    }

    /** The bean's type with its type arguments, as far as its declaration tells them. */
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

    /** Looks at the bean if it is made already; a lazy one is looked at when it is called. */
    void checkIfMade() {
        if (beans.containsSingleton(beanName)) {
            Method unused = invocable(beans.getBean(beanName));
        }
    }

    /**
     * The method as it can be called on the bean or its proxy.
     *
     * @throws MisconfigurationException when the proxy does not lead to it
     */
    Method invocable(Object bean) {
        if (AopUtils.isJdkDynamicProxy(bean)) {
            return ofInterface(bean);
        }
        if (AopUtils.isCglibProxy(bean) && !Modifier.isStatic(method.getModifiers()) && !isOverridden(bean)) {
            throw refused(
                    "cannot be called through the proxy of its bean, since it is private, final or hidden in another"
                            + " package: the fields of the bean would be null",
                    "Make the method public and not final.");
        }
        return AopUtils.selectInvocableMethod(method, bean.getClass());
    }

    private Method ofInterface(Object bean) {
        try {
            return AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException hidden) {
            throw refused(
                    "is not reachable: the bean has a proxy of its interfaces, and none of them declares the method",
                    "Declare the method in an interface of the bean, or set spring.aop.proxy-target-class to true.");
        }
    }

    private boolean isOverridden(Object proxy) {
        Method seen = ReflectionUtils.findMethod(proxy.getClass(), method.getName(), method.getParameterTypes());
        return seen != null && !seen.getDeclaringClass().isAssignableFrom(AopUtils.getTargetClass(proxy));
    }

    /**
     * The refusal of the method.
     *
     * @param problem to go on after its name
     */
    MisconfigurationException refused(String problem, String action) {
        return new MisconfigurationException("The @OnClerkEvent method " + text() + " " + problem + ".", action);
    }
}
