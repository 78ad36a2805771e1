package io.github.bellhop.sync.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean. */
final class SqliteFaults {
    private SqliteFaults() {}

    static StoreException classify(SQLException fault) {
        if (!(fault instanceof SQLiteException sqlite)) {
            return new StoreException(StoreException.Kind.UNAVAILABLE, fault, "without code");
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        StoreException.Kind kind = switch (code.code & 0xFF) {
            // BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB
            case 5, 6, 8, 10, 11, 13, 14, 15, 26 -> StoreException.Kind.UNAVAILABLE;
            default -> StoreException.Kind.FAILED;
        };
        return new StoreException(kind, fault, code.name(), isOfOtherTables(code, String.valueOf(sqlite.getMessage())));
    }

    static boolean isPassing(SQLException fault) {
        // BUSY, LOCKED
        return fault instanceof SQLiteException sqlite && Set.of(5, 6).contains(sqlite.getResultCode().code & 0xFF);
    }

    /** SQLite has one code for all that is wrong with a statement. */
    private static boolean isOfOtherTables(SQLiteErrorCode code, String message) {
        return code == SQLiteErrorCode.SQLITE_ERROR
                && Stream.of("no such table:", "no such column:", "has no column named")
                        .anyMatch(message::contains);
    }
}
