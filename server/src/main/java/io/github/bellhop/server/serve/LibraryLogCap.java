package io.github.bellhop.server.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Limits the log levels of libraries: at fine levels, web servers print headers, and database drivers print parameters,
 * which are payloads here. No configuration can override the limit.
 */
final class LibraryLogCap extends TurboFilter {
    private static final String OWN = "io.github.bellhop";

    static void install() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context
                && context.getTurboFilterList().stream().noneMatch(LibraryLogCap.class::isInstance)) {
            LibraryLogCap cap = new LibraryLogCap();
            cap.setContext(context);
            cap.start();
            context.addTurboFilter(cap);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable fault) {
        boolean library = !logger.getName().startsWith(OWN);
        return library && !level.isGreaterOrEqual(floor(logger.getName())) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** At INFO, Tomcat quotes requests that it cannot parse. */
    private static Level floor(String logger) {
        return logger.startsWith("org.apache.") ? Level.WARN : Level.INFO;
    }
}
