package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.mirror.StorableText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Redacts an exception for the log and the database. A database's message is reduced to the part without data, even
 * where Spring or Hibernate repeats it in its own message. All other messages are kept. One instance handles one
 * exception.
 */
final class FaultRedactor {
    private static final int MAX_DETAIL = 300;
    private static final int MAX_FAULTS = 50;

    /** The maximum length of a logged message. */
    private static final int MAX_MESSAGE = 10_000;

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"'()=,;:]{1,64}+@[^\\s@<>\"'()=,;:]{1,255}+");

    private final Throwable fault;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SQLException> quoting = new ArrayList<>();

    FaultRedactor(Throwable fault) {
        this.fault = fault;
        collect(fault);
        // Longer messages first, because a message may contain another one.
        quoting.sort(Comparator.comparingInt(
                        (SQLException sql) -> String.valueOf(sql.getMessage()).length())
                .reversed());
    }

    private void collect(@Nullable Throwable next) {
        if (next == null || seen.size() >= MAX_FAULTS || !seen.add(next)) {
            return;
        }
        if (next instanceof SQLException sql) {
            quoting.add(sql);
            collect(sql.getNextException());
        }
        collect(next.getCause());
        for (Throwable suppressed : next.getSuppressed()) {
            collect(suppressed);
        }
    }

    /** Returns the exception to log: the original one if no database exception is involved. */
    Throwable logged() {
        return quoting.isEmpty() ? fault : copy(fault, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private Throwable copy(Throwable original, Set<Throwable> copied) {
        boolean unused = copied.add(original);
        String message = message(original);
        RedactedFault copy = new RedactedFault(
                original.getClass().getName() + (message == null ? "" : ": " + message), original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null && seen.contains(cause) && !copied.contains(cause)) {
            copy.initCause(copy(cause, copied));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (seen.contains(suppressed) && !copied.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, copied));
            }
        }
        return copy;
    }

    private @Nullable String message(Throwable of) {
        if (of instanceof SQLException sql) {
            return DriverMessages.safe(sql);
        }
        String message = of.getMessage();
        if (message == null) {
            return null;
        }
        for (SQLException sql : quoting) {
            String quoted = sql.getMessage();
            if (quoted != null && !quoted.isBlank()) {
                message = message.replace(quoted, DriverMessages.safe(sql));
            }
        }
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
    }

    /**
     * Returns the text to store: the message without e-mail addresses, in one line of up to 300 characters; null if
     * there is no message.
     */
    @Nullable
    String detail() {
        String message = message(fault);
        if (message == null || message.isBlank()) {
            return null;
        }
        String start = message.length() <= 2 * MAX_DETAIL ? message : message.substring(0, 2 * MAX_DETAIL);
        String line = ADDRESS.matcher(start).replaceAll("(address)").strip();
        String shown = StorableText.of(line.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " "));
        return shown.length() <= MAX_DETAIL ? shown : StorableText.of(shown.substring(0, MAX_DETAIL - 3)) + "...";
    }
}
