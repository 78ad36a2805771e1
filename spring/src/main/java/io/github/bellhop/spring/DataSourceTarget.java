package io.github.bellhop.spring;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ReflectionUtils;

/**
 * Unwraps DataSources: Spring's proxies, and those of tracing and logging libraries. Opens no connection. Two
 * DataSources with the same target share a pool.
 */
final class DataSourceTarget {
    /** Methods that return the wrapped DataSource, for libraries that do not support {@code unwrap}. */
    private static final List<String> ACCESSORS =
            List.of("getTargetDataSource", "getDataSource", "getRealDataSource", "getDelegate");

    private static final int MAX_DEPTH = 16;

    private DataSourceTarget() {}

    /** The pool, or the innermost DataSource if there is no pool. */
    static DataSource of(DataSource dataSource) {
        DataSource innermost = dataSource;
        for (DataSource layer : layers(dataSource)) {
            innermost = layer;
        }
        return innermost;
    }

    /** The DataSource itself, followed by each one that it wraps, outermost first. */
    static Set<DataSource> layers(DataSource dataSource) {
        Set<DataSource> layers = new LinkedHashSet<>();
        DataSource layer = dataSource;
        while (layer != null && layers.size() < MAX_DEPTH && layers.add(layer)) {
            layer = wrappedBy(layer);
        }
        return layers;
    }

    static boolean isSame(DataSource one, DataSource other) {
        return of(one).equals(of(other));
    }

    /** Returns whether both JDBC URLs are known and differ. */
    static boolean differ(@Nullable DataSource one, DataSource other) {
        String first = one == null ? null : url(one);
        String second = url(other);
        return first != null && second != null && !first.equals(second);
    }

    private static @Nullable String url(DataSource dataSource) {
        String url = of(dataSource) instanceof HikariDataSource pool ? pool.getJdbcUrl() : null;
        return url == null ? null : url.replaceFirst("[?;].*", "");
    }

    private static @Nullable DataSource wrappedBy(DataSource layer) {
        if (layer instanceof HikariDataSource || layer instanceof AbstractRoutingDataSource) {
            // A pool's inner DataSource is not shared with the app, and a router selects a different one each time.
            return null;
        }
        if (AopProxyUtils.getSingletonTarget(layer) instanceof DataSource target) {
            return target;
        }
        if (layer instanceof DelegatingDataSource proxy) {
            return proxy.getTargetDataSource();
        }
        DataSource pool = ChosenDatabase.pool(layer);
        return pool == null ? accessed(layer) : pool;
    }

    private static @Nullable DataSource accessed(DataSource wrapper) {
        for (String name : ACCESSORS) {
            Method method = ReflectionUtils.findMethod(wrapper.getClass(), name);
            if (method != null && DataSource.class.isAssignableFrom(method.getReturnType())) {
                ReflectionUtils.makeAccessible(method);
                return (DataSource) ReflectionUtils.invokeMethod(method, wrapper);
            }
        }
        return null;
    }
}
