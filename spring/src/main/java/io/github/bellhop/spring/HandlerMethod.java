package io.github.bellhop.spring;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.HandlerRun;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * One annotated method of one bean. The bean is asked for when it is first called, as its proxy if it has one.
 *
 * @param place     where the method is
 * @param eventType the events that it is called for
 */
record HandlerMethod(HandlerPlace place, Class<? extends ClerkEvent> eventType) {
    private static final String WANTED = "Let it take one ClerkEvent such as UserEvent.Created, beside it nothing but a"
            + " HandlerRun and a java.sql.Connection, and return nothing or a HandlerOutcome.";

    /**
     * Reads what the method takes.
     *
     * @throws MisconfigurationException when it cannot be called with an event
     */
    static HandlerMethod of(HandlerPlace place) {
        place.check();
        Method method = place.method();
        Class<?> returned = method.getReturnType();
        if (!returned.equals(void.class) && !HandlerOutcome.class.isAssignableFrom(returned)) {
            throw place.refused(
                    "returns a " + returned.getSimpleName() + ": nobody would wait for it, and a failure in it would be"
                            + " lost",
                    WANTED);
        }
        List<Class<? extends ClerkEvent>> events = new ArrayList<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            Class<?> raw = method.getParameterTypes()[i];
            if (ClerkEvent.class.isAssignableFrom(raw)) {
                events.add(resolved(place, i).asSubclass(ClerkEvent.class));
            } else if (!raw.equals(HandlerRun.class) && !raw.equals(Connection.class)) {
                throw place.refused(
                        "cannot be called with a " + raw.getSimpleName()
                                + (raw.getName().equals("kotlin.coroutines.Continuation")
                                        ? ": it is a suspend function, for which nobody would wait"
                                        : ""),
                        WANTED);
            }
        }
        if (events.size() != 1) {
            throw place.refused("takes " + (events.isEmpty() ? "no event" : "more than one event"), WANTED);
        }
        return new HandlerMethod(place, events.get(0));
    }

    /** The event's type where the bean's class says what a type variable of a superclass stands for. */
    private static Class<?> resolved(HandlerPlace place, int parameter) {
        Method method = place.method();
        ResolvableType declared = place.declaredType();
        boolean isOfClass = method.getGenericParameterTypes()[parameter] instanceof TypeVariable<?> variable
                && variable.getGenericDeclaration() instanceof Class<?>;
        if (isOfClass && declared.as(method.getDeclaringClass()).hasUnresolvableGenerics()) {
            throw place.refused(
                    "takes an event of the type " + method.getGenericParameterTypes()[parameter]
                            + ", and the bean does not say what that is",
                    WANTED);
        }
        ResolvableType type = ResolvableType.forMethodParameter(new MethodParameter(method, parameter), declared);
        return type.resolve(method.getParameterTypes()[parameter]);
    }

    HandlerOutcome handle(ClerkEvent event, HandlerRun run) throws Exception {
        Object bean = place.beans().getBean(place.beanName());
        Method invocable = place.invocable(bean);
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
