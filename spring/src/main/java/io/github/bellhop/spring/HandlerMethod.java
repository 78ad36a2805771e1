package io.github.bellhop.spring;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.HandlerRun;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/** One annotated method of one bean. The bean is asked for when it is first called, as its proxy if it has one. */
final class HandlerMethod {
    private final BeanFactory beans;
    private final String beanName;
    private final Method method;
    private final Class<? extends ClerkEvent> eventType;

    HandlerMethod(BeanFactory beans, String beanName, Method method) {
        this.beans = beans;
        this.beanName = beanName;
        this.method = method;
        eventType = eventType(method);
    }

    /** The events that it takes. */
    Class<? extends ClerkEvent> eventType() {
        return eventType;
    }

    private static Class<? extends ClerkEvent> eventType(Method method) {
        List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
        List<Class<?>> events =
                parameters.stream().filter(ClerkEvent.class::isAssignableFrom).toList();
        boolean known = parameters.stream()
                .allMatch(type ->
                        events.contains(type) || type.equals(HandlerRun.class) || type.equals(Connection.class));
        boolean answers = method.getReturnType().equals(void.class)
                || HandlerOutcome.class.isAssignableFrom(method.getReturnType());
        if (events.size() != 1 || !known || !answers) {
            throw new MisconfigurationException(
                    "The method " + method.getDeclaringClass().getSimpleName() + "." + method.getName()
                            + " cannot be an @OnClerkEvent method.",
                    "Let it take one ClerkEvent such as UserEvent.Created, beside it nothing but a HandlerRun and a"
                            + " java.sql.Connection, and return nothing or a HandlerOutcome.");
        }
        return events.get(0).asSubclass(ClerkEvent.class);
    }

    HandlerOutcome handle(ClerkEvent event, HandlerRun run) throws Exception {
        Object bean = beans.getBean(beanName);
        Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        ReflectionUtils.makeAccessible(invocable);
        Object[] arguments = new Object[invocable.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = invocable.getParameterTypes()[i];
            arguments[i] =
                    type.equals(HandlerRun.class) ? run : type.equals(Connection.class) ? run.connection() : event;
        }
        return invoke(bean, invocable, arguments) instanceof HandlerOutcome outcome ? outcome : HandlerOutcome.done();
    }

    private static @Nullable Object invoke(Object bean, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException fault) {
            if (fault.getCause() instanceof Error error) {
                throw error;
            }
            throw fault.getCause() instanceof Exception thrown ? thrown : fault;
        }
    }
}
