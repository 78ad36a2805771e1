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

/** The app's transaction managers and the DataSources whose connections they bind. */
record AppManagers(ListableBeanFactory beans) {
    /**
     * One transaction manager.
     *
     * @param name       the name of its bean
     * @param dataSource the DataSource under which it binds its connection; null if it does not expose one
     */
    record Found(
            String name,
            PlatformTransactionManager manager,
            @Nullable DataSource dataSource) {
        /**
         * Whether it is a plain JDBC manager. Such a manager joins a connection that is already bound; JPA's does not.
         */
        boolean isPlain() {
            return DataSourceTransactionManager.class.isAssignableFrom(AopProxyUtils.ultimateTargetClass(manager));
        }

        boolean isOf(DataSource wanted) {
            return dataSource != null && DataSourceTarget.isSame(dataSource, wanted);
        }

        /** Whether it manages database transactions. Other managers are for message brokers, for example. */
        boolean isForDatabases() {
            Class<?> type = AopProxyUtils.ultimateTargetClass(manager);
            return ReflectionUtils.findMethod(type, "getDataSource") != null
                    || type.getName().contains("Jta");
        }

        /** Returns a description of the manager for messages. */
        String text() {
            return name + " (" + AopProxyUtils.ultimateTargetClass(manager).getSimpleName() + ")";
        }
    }

    /** Returns all managers; creates those that do not exist yet. */
    List<Found> all() {
        List<Found> found = new ArrayList<>();
        beans.getBeansOfType(PlatformTransactionManager.class)
                .forEach((name, manager) -> found.add(new Found(name, manager, dataSourceOf(manager))));
        return found;
    }

    /**
     * The manager for this database: the app's default one if it matches, otherwise JPA's, otherwise a plain JDBC one.
     */
    @Nullable
    Found fitting(DataSource wanted) {
        List<Found> fit = all().stream().filter(one -> one.isOf(wanted)).toList();
        PlatformTransactionManager defaultManager =
                beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
        return fit.stream()
                .filter(one -> one.manager().equals(defaultManager))
                .findFirst()
                .orElseGet(() ->
                        fit.stream().min(Comparator.comparing(Found::isPlain)).orElse(null));
    }

    /** The managers for JDBC, JPA and Hibernate all have this method but share no type that declares it. */
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
