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
 * An annotated method of a bean. The bean, or its proxy, is looked up at the first call.
 *
 * @param place     the location of the method
 * @param eventType the type of the events that the method is called for
 */
record HandlerMethod(HandlerPlace place, Class<? extends ClerkEvent> eventType) {
    private static final String WANTED = "Declare one parameter of type ClerkEvent or a subtype such as"
            + " UserEvent.Created, optionally a HandlerRun and a java.sql.Connection, and return void or a"
            + " HandlerOutcome.";

    /**
     * Reads the method's signature.
     *
     * @throws MisconfigurationException if the method cannot be called with an event
     */
    static HandlerMethod of(HandlerPlace place) {
        place.check();
        Method method = place.method();
        Class<?> returned = method.getReturnType();
        if (!returned.equals(void.class) && !HandlerOutcome.class.isAssignableFrom(returned)) {
            throw place.refused(
                    "returns a " + returned.getSimpleName() + ", but nothing would wait for it, and its failure would"
                            + " be lost",
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
                                        ? ": it is a suspend function, and nothing would wait for it"
                                        : ""),
                        WANTED);
            }
        }
        if (events.size() != 1) {
            throw place.refused("declares " + (events.isEmpty() ? "no event" : "more than one event"), WANTED);
        }
        return new HandlerMethod(place, events.get(0));
    }

    /** Returns the event type; type variables of superclasses are resolved through the bean's class. */
    private static Class<?> resolved(HandlerPlace place, int parameter) {
        Method method = place.method();
        ResolvableType declared = place.declaredType();
        boolean isOfClass = method.getGenericParameterTypes()[parameter] instanceof TypeVariable<?> variable
                && variable.getGenericDeclaration() instanceof Class<?>;
        if (isOfClass && declared.as(method.getDeclaringClass()).hasUnresolvableGenerics()) {
            throw place.refused(
                    "declares an event of type " + method.getGenericParameterTypes()[parameter]
                            + ", which the bean does not resolve",
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
