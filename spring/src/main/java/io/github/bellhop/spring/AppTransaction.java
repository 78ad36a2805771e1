package io.github.bellhop.spring;

import java.sql.Connection;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Makes a run's transaction the one that the app's own data access takes part in. */
interface AppTransaction {
    /** Calls with the connection bound to the thread; what is thrown is passed on. */
    Object within(Connection connection, Callable<Object> call) throws Exception;

    /** One that binds nothing: the run's connection is the only way into its transaction. */
    AppTransaction NONE = (connection, call) -> call.call();

    /**
     * The one for an app. Nothing is bound without Spring JDBC, for another database than the app's, or where JPA manages
     * transactions: it refuses a connection that it did not open.
     *
     * @param dataSource the app's; null when Bellhop works on another database
     */
    static AppTransaction of(@Nullable DataSource dataSource, ListableBeanFactory beans) {
        ClassLoader loader = AppTransaction.class.getClassLoader();
        if (dataSource == null
                || !ClassUtils.isPresent("org.springframework.jdbc.datasource.ConnectionHolder", loader)) {
            return NONE;
        }
        String jpa = "org.springframework.orm.jpa.JpaTransactionManager";
        if (ClassUtils.isPresent(jpa, loader)
                && beans.getBeanNamesForType(ClassUtils.resolveClassName(jpa, loader), false, false).length > 0) {
            return NONE;
        }
        return new BoundConnection(dataSource);
    }
}
