package io.github.bellhop.sync.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean: a part of its dialect. */
interface SqliteFaults extends Dialect {
    @Override
    default StoreException classify(SQLException fault) {
        if (!(fault instanceof SQLiteException sqlite)) {
            return new StoreException(StoreFault.UNAVAILABLE, fault, "without code");
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return new StoreException(meaning(code, String.valueOf(sqlite.getMessage())), fault, code.name());
    }

    private static StoreFault meaning(SQLiteErrorCode code, String message) {
        return switch (code.code & 0xFF) {
            case 5, 6 -> StoreFault.FILE_HELD; // BUSY, LOCKED
            case 8 -> StoreFault.FILE_READ_ONLY;
            case 13 -> StoreFault.DISK_FULL;
            case 26 -> StoreFault.NO_SQLITE_FILE;
            case 10, 11, 14, 15 -> StoreFault.UNAVAILABLE; // IOERR, CORRUPT, CANTOPEN, PROTOCOL
            default -> isOfOtherTables(code, message) ? StoreFault.OTHER_TABLES : StoreFault.FAILED;
        };
    }

    @Override
    default boolean isPassing(SQLException fault) {
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
