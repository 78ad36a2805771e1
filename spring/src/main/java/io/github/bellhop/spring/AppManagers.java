package io.github.bellhop.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ReflectionUtils;

/** The app's transaction managers, and the DataSources that they bind connections of. */
record AppManagers(ListableBeanFactory beans) {
    /**
     * One transaction manager.
     *
     * @param name       of its bean
     * @param dataSource under which it binds its connection; null when it shows none
     */
    record Found(
            String name,
            PlatformTransactionManager manager,
            @Nullable DataSource dataSource) {
        /** Whether it is one for plain JDBC, which joins a connection that is bound; JPA's does not. */
        boolean isPlain() {
            return DataSourceTransactionManager.class.isAssignableFrom(AopProxyUtils.ultimateTargetClass(manager));
        }

        boolean isOf(DataSource wanted) {
            return dataSource != null && DataSourceTarget.isSame(dataSource, wanted);
        }

        /** Whether it is for a relational database; there are others, of message brokers for example. */
        boolean isForDatabases() {
            Class<?> type = AopProxyUtils.ultimateTargetClass(manager);
            return ReflectionUtils.findMethod(type, "getDataSource") != null
                    || type.getName().contains("Jta");
        }

        /** Names it in messages. */
        String text() {
            return name + " (" + AopProxyUtils.ultimateTargetClass(manager).getSimpleName() + ")";
        }
    }

    /** All of them; makes those that are not made yet. */
    List<Found> all() {
        List<Found> found = new ArrayList<>();
        beans.getBeansOfType(PlatformTransactionManager.class)
                .forEach((name, manager) -> found.add(new Found(name, manager, dataSourceOf(manager))));
        return found;
    }

    /** The one for this database: the app's usual one if it fits, else JPA's before one for plain JDBC. */
    @Nullable
    Found fitting(DataSource wanted) {
        List<Found> fit = all().stream().filter(one -> one.isOf(wanted)).toList();
        PlatformTransactionManager usual =
                beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
        return fit.stream()
                .filter(one -> one.manager().equals(usual))
                .findFirst()
                .orElseGet(() ->
                        fit.stream().min(Comparator.comparing(Found::isPlain)).orElse(null));
    }

    /** The managers for JDBC, JPA and Hibernate all have the method, but share no type that declares it. */
    private static @Nullable DataSource dataSourceOf(PlatformTransactionManager manager) {
        Object target = Objects.requireNonNullElse(AopProxyUtils.getSingletonTarget(manager), manager);
        Method method = ReflectionUtils.findMethod(target.getClass(), "getDataSource");
        if (method == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(method);
        return ReflectionUtils.invokeMethod(method, target) instanceof DataSource found ? found : null;
    }
}
