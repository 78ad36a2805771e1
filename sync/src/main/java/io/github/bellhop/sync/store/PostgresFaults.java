package io.github.bellhop.sync.store;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The part of the PostgreSQL dialect that classifies faults: by SQLState or, for failed connections, by the class of
 * the cause.
 */
interface PostgresFaults extends Dialect {
    Map<String, StoreFault> BY_STATE = Map.ofEntries(
            Map.entry("40001", StoreFault.CONFLICT),
            Map.entry("40P01", StoreFault.CONFLICT),
            Map.entry("55P03", StoreFault.LOCKED),
            Map.entry("57014", StoreFault.TOO_SLOW),
            Map.entry("3F000", StoreFault.SCHEMA_MISMATCH),
            Map.entry("42P01", StoreFault.SCHEMA_MISMATCH),
            Map.entry("42703", StoreFault.SCHEMA_MISMATCH),
            Map.entry("42501", StoreFault.PERMISSION_DENIED),
            Map.entry("25006", StoreFault.READ_ONLY),
            Map.entry("28P01", StoreFault.WRONG_PASSWORD),
            Map.entry("28000", StoreFault.USER_REJECTED),
            Map.entry("3D000", StoreFault.NO_SUCH_DATABASE),
            Map.entry("53100", StoreFault.DISK_FULL),
            Map.entry("53300", StoreFault.TOO_MANY_CONNECTIONS),
            Map.entry("08004", StoreFault.NEGOTIATION_FAILED));

    Map<Class<? extends Throwable>, StoreFault> BY_CAUSE = Map.of(
            UnknownHostException.class, StoreFault.UNKNOWN_HOST,
            ConnectException.class, StoreFault.CONNECTION_REFUSED,
            NoRouteToHostException.class, StoreFault.UNREACHABLE,
            SocketTimeoutException.class, StoreFault.UNREACHABLE,
            SSLException.class, StoreFault.TLS_FAILED);

    /**
     * The SQLState classes for connection errors, insufficient resources, shutdown, system errors, session state,
     * credentials, and a missing database.
     */
    List<String> UNAVAILABLE = List.of("08", "53", "57", "58", "25", "28", "3D");

    @Override
    default StoreException classify(SQLException thrown) {
        SQLException fault = rootCause(thrown);
        String state = fault.getSQLState();
        return new StoreException(faultOf(fault, state), fault, state == null ? "without state" : state);
    }

    /** A fault without an SQLState comes from the pool or from a library that wraps the driver. */
    @Override
    default boolean isTransient(SQLException fault) {
        boolean isKnown = rootCause(fault).getSQLState() != null || fault instanceof SQLTransientConnectionException;
        return isKnown && classify(fault).kind() != StoreException.Kind.FAILED;
    }

    /**
     * Returns the root cause. A pool that cannot connect reports its own timeout, and has the real fault as the cause.
     */
    private static SQLException rootCause(SQLException thrown) {
        return thrown instanceof SQLTransientConnectionException && thrown.getCause() instanceof SQLException cause
                ? rootCause(cause)
                : thrown;
    }

    private static StoreFault faultOf(SQLException fault, @Nullable String state) {
        if (state == null) {
            return fault instanceof SQLTransientConnectionException
                    ? StoreFault.POOL_EXHAUSTED
                    : StoreFault.UNAVAILABLE;
        }
        StoreFault known = BY_STATE.get(state);
        if (known != null) {
            return known;
        }
        if (UNAVAILABLE.stream().noneMatch(state::startsWith)) {
            return StoreFault.FAILED;
        }
        return state.startsWith("08") ? connection(fault) : StoreFault.UNAVAILABLE;
    }

    private static StoreFault connection(SQLException fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            for (Map.Entry<Class<? extends Throwable>, StoreFault> known : BY_CAUSE.entrySet()) {
                if (known.getKey().isInstance(cause)) {
                    return known.getValue();
                }
            }
        }
        return StoreFault.UNAVAILABLE;
    }
}
