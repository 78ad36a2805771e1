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
 * Sees through the wrappers of a DataSource: Spring's proxies, and those of tracing and logging libraries. Opens no
 * connection. Two DataSources with the same target give connections of one pool.
 */
final class DataSourceTarget {
    /** Where libraries keep the DataSource that they wrap, unless they answer {@code unwrap}. */
    private static final List<String> ACCESSORS =
            List.of("getTargetDataSource", "getDataSource", "getRealDataSource", "getDelegate");

    private static final int MAX_DEPTH = 16;

    private DataSourceTarget() {}

    /** The pool, or whatever else is innermost. */
    static DataSource of(DataSource dataSource) {
        DataSource innermost = dataSource;
        for (DataSource layer : layers(dataSource)) {
            innermost = layer;
        }
        return innermost;
    }

    /** The DataSource itself, then each one that it wraps, outermost first. */
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

    /** Whether their JDBC URLs are known and name two databases. */
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
            // What a pool connects by is not what the app shares; a router chooses anew each time.
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
