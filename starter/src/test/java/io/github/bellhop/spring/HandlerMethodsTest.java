package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerRun;
import io.github.bellhop.test.SignedEvents;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.scheduling.annotation.Async;

/** Tests which events the annotated methods are called with, and which methods prevent the start. */
class HandlerMethodsTest {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final UserEvent.Created created = SignedEvents.with(Wire.SECRET)
            .event("user.created", user -> user.id("user_1"))
            .typed(UserEvent.Created.class);

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private static final List<String> CALLS = new ArrayList<>();

    /** Starts a context with these beans and returns the methods that it finds. */
    private HandlerMethods methods(Class<?>... components) {
        context.register(components);
        context.getBeanFactory().registerScope("refresh", new SimpleThreadScope());
        context.getBeanFactory().registerScope("request", new SimpleThreadScope());
        context.registerBean("proxies", BeanNameAutoProxyCreator.class, HandlerMethodsTest::proxies);
        context.registerBean("interceptor", MethodInterceptor.class, () -> invocation -> invocation.proceed());
        HandlerMethods[] found = new HandlerMethods[1];
        // The web server needs the engine before the beans are created.
        context.addBeanFactoryPostProcessor(beans -> found[0] = new HandlerMethods(beans));
        context.refresh();
        assertThat(found[0].check()).isNull();
        return found[0];
    }

    private static BeanNameAutoProxyCreator proxies() {
        BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
        creator.setBeanNames("*Proxied*");
        creator.setInterceptorNames("interceptor");
        creator.setOptimize(false);
        return creator;
    }

    private static HandlerRun none() {
        return (HandlerRun) Proxy.newProxyInstance(
                HandlerMethodsTest.class.getClassLoader(),
                new Class<?>[] {HandlerRun.class},
                (proxy, method, arguments) -> method.getName());
    }

    private void checkRefused(Class<?> component, String... parts) {
        assertThatExceptionOfType(MisconfigurationException.class)
                .isThrownBy(() -> methods(component))
                .satisfies(refused -> assertThat(refused.getMessage() + " " + refused.action())
                        .contains(parts));
    }

    private HandlerMethod only(Class<?>... components) {
        List<HandlerMethod> all = methods(components).all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Async
    @interface InBackground {}

    static class AsyncMethod {
        @Async
        @OnClerkEvent
        public void handle(UserEvent.Created event) {}
    }

    @Async
    static class AsyncClass {
        @OnClerkEvent
        public void handle(UserEvent.Created event) {}
    }

    static class MetaAsync {
        @InBackground
        @OnClerkEvent
        public void handle(UserEvent.Created event) {}
    }

    static class InheritsAsync extends AsyncClass {
        @Override
        public void handle(UserEvent.Created event) {}
    }

    @Test
    void rejectsAnAsyncMethod() {
        checkRefused(AsyncMethod.class, "AsyncMethod.handle", "@Async", "Remove the annotation");
    }

    @Test
    void rejectsAnAsyncClass() {
        checkRefused(AsyncClass.class, "AsyncClass.handle", "@Async");
    }

    @Test
    void rejectsAMetaAnnotationForAsync() {
        checkRefused(MetaAsync.class, "MetaAsync.handle", "@Async");
    }

    @Test
    void rejectsASubclassOfAnAsyncClass() {
        checkRefused(InheritsAsync.class, "InheritsAsync.handle", "@Async");
    }

    abstract static class Base<E extends ClerkEvent> {
        @OnClerkEvent
        public void on(E event) {
            CALLS.add(event.getClass().getSimpleName());
        }
    }

    static class OfCreated extends Base<UserEvent.Created> {}

    static class Overriding extends Base<UserEvent.Created> {
        @Override
        public void on(UserEvent.Created event) {
            CALLS.add("overriding");
        }
    }

    static class Open<E extends ClerkEvent> extends Base<E> {}

    @Configuration(proxyBeanMethods = false)
    static class Declared {
        @Bean
        Open<UserEvent.Deleted> deleted() {
            return new Open<>();
        }
    }

    @Test
    void resolvesTheEventOfAGenericSuperclass() throws Exception {
        HandlerMethod inherited = only(OfCreated.class);
        assertThat(inherited.eventType()).isEqualTo(UserEvent.Created.class);
        inherited.handle(created, none());
        assertThat(CALLS).containsExactly("Created");
    }

    @Test
    void registersAnOverridingMethodOnce() throws Exception {
        HandlerMethod overriding = only(Overriding.class);
        assertThat(overriding.eventType()).isEqualTo(UserEvent.Created.class);
        overriding.handle(created, none());
        assertThat(CALLS).containsExactly("overriding");
    }

    @Test
    void resolvesTheEventThroughTheBeanMethod() {
        assertThat(only(Declared.class).eventType()).isEqualTo(UserEvent.Deleted.class);
    }

    @Test
    void rejectsAnUnresolvableEventType() {
        checkRefused(Open.class, "Open.on", "of type E", "UserEvent.Created");
    }

    static class PrivateProxied {
        @OnClerkEvent
        private void handle(UserEvent.Created event) {}
    }

    static class FinalProxied {
        @OnClerkEvent
        final void handle(UserEvent.Created event) {}
    }

    @Lazy
    static class LazyFinalProxied extends FinalProxied {}

    static class OpenProxied {
        private final List<String> calls = new ArrayList<>(CALLS);

        @OnClerkEvent
        void handle(UserEvent.Created event) {
            CALLS.add("open " + calls.size());
        }
    }

    static class NotWrapped {
        @OnClerkEvent
        private void handle(UserEvent.Created event) {
            CALLS.add("private");
        }
    }

    @Test
    void rejectsAPrivateMethodBehindAProxy() {
        checkRefused(PrivateProxied.class, "PrivateProxied.handle", "proxy", "public and not final");
    }

    @Test
    void rejectsAFinalMethodBehindAProxy() {
        checkRefused(FinalProxied.class, "FinalProxied.handle", "proxy", "public and not final");
    }

    @Test
    void failsTheCallOfAFinalMethodOfALazyBean() {
        HandlerMethod lazy = only(LazyFinalProxied.class);
        assertThatExceptionOfType(MisconfigurationException.class).isThrownBy(() -> lazy.handle(created, none()));
    }

    @Test
    void callsPublicMethodsThroughProxiesAndPrivateMethodsDirectly() throws Exception {
        for (HandlerMethod method : methods(OpenProxied.class, NotWrapped.class).all()) {
            method.handle(created, none());
        }
        assertThat(CALLS).containsExactlyInAnyOrder("open 0", "private");
    }

    interface Task {
        void work();
    }

    static class HiddenProxied implements Task {
        @OnClerkEvent
        public void handle(UserEvent.Created event) {}

        @Override
        public void work() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class DeclaresLess {
        @Bean
        Task task() {
            return new HiddenProxied();
        }
    }

    @Test
    void rejectsAMethodHiddenByAnInterfaceProxy() {
        checkRefused(HiddenProxied.class, "HiddenProxied.handle", "interface");
    }

    @Test
    void rejectsAMethodHiddenByTheDeclaredType() {
        checkRefused(DeclaresLess.class, "HiddenProxied.handle", "task", "method's return type as HiddenProxied");
    }

    @Scope("request")
    static class InRequest {
        @OnClerkEvent
        public void handle(UserEvent.Created event) {}
    }

    @Scope(value = "request", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class InRequestByProxy extends InRequest {}

    @Scope(value = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Refreshed {
        @OnClerkEvent("refreshed")
        public void handle(UserEvent.Created event) {
            CALLS.add("refreshed");
        }
    }

    @Test
    void rejectsARequestScopedBean() {
        checkRefused(InRequest.class, "InRequest.handle", "\"request\"", "singleton");
    }

    @Test
    void rejectsARequestScopedProxy() {
        checkRefused(InRequestByProxy.class, "InRequestByProxy.handle", "\"request\"");
    }

    @Test
    void callsAScopedProxyOnce() throws Exception {
        HandlerMethod refreshed = only(Refreshed.class);
        assertThat(ScopedProxyUtils.isScopedTarget(refreshed.place().beanName()))
                .isFalse();
        refreshed.handle(created, none());
        assertThat(CALLS).containsExactly("refreshed");
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @OnClerkEvent(attempts = "3")
    @interface OnUser {
        @AliasFor(annotation = OnClerkEvent.class, attribute = "value")
        String name();
    }

    static class Composed {
        @OnUser(name = "composed")
        void handle(UserEvent.Created event) {}
    }

    interface WithDefault {
        @OnClerkEvent("by-default")
        default void handle(UserEvent.Created event) {
            CALLS.add("default");
        }
    }

    static class Implementing implements WithDefault {}

    @Test
    void acceptsAMetaAnnotation() {
        HandlerMethods found = methods(Composed.class);
        assertThat(found.handlers().names()).containsExactly("composed");
    }

    @Test
    void callsADefaultMethodOfAnInterface() throws Exception {
        only(Implementing.class).handle(created, none());
        assertThat(CALLS).containsExactly("default");
    }

    static class Future {
        @OnClerkEvent
        CompletableFuture<Void> handle(UserEvent.Created event) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static class TwoEvents {
        @OnClerkEvent
        void handle(UserEvent.Created event, UserEvent.Deleted other) {}
    }

    static class Overloaded {
        @OnClerkEvent
        void handle(UserEvent.Created event) {}

        @OnClerkEvent
        void handle(UserEvent.Deleted event) {}
    }

    @Test
    void rejectsAnAsynchronousResult() {
        checkRefused(Future.class, "Future.handle", "CompletableFuture");
    }

    @Test
    void rejectsTwoEvents() {
        checkRefused(TwoEvents.class, "TwoEvents.handle", "more than one event");
    }

    @Test
    void rejectsOverloadsWithoutNames() {
        checkRefused(Overloaded.class, "verloaded.handle", "another-name");
    }

    @Test
    void warnsAboutMethodsReplacedByABeanOfTheApp() {
        context.register(Refreshed.class, Composed.class);
        context.getBeanFactory().registerScope("refresh", new SimpleThreadScope());
        context.refresh();
        assertThat(StartChecks.replaced(context.getBeanFactory()))
                .contains("Refreshed.handle", "Composed.handle")
                .doesNotContain("scopedTarget");
        assertThat(StartChecks.replaced(new GenericApplicationContext().getBeanFactory()))
                .isNull();
    }
}
