package io.github.bellhop.sync.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The part of the SQLite dialect that classifies faults, by result code. */
interface SqliteFaults extends Dialect {
    @Override
    default StoreException classify(SQLException fault) {
        if (!(fault instanceof SQLiteException sqlite)) {
            return new StoreException(StoreFault.UNAVAILABLE, fault, "without code");
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return new StoreException(faultOf(code, String.valueOf(sqlite.getMessage())), fault, code.name());
    }

    private static StoreFault faultOf(SQLiteErrorCode code, String message) {
        return switch (code.code & 0xFF) {
            case 5, 6 -> StoreFault.FILE_LOCKED; // BUSY, LOCKED
            case 8 -> StoreFault.FILE_READ_ONLY;
            case 13 -> StoreFault.DISK_FULL;
            case 26 -> StoreFault.NOT_A_DATABASE;
            case 10, 11, 14, 15 -> StoreFault.UNAVAILABLE; // IOERR, CORRUPT, CANTOPEN, PROTOCOL
            default -> isOfOtherTables(code, message) ? StoreFault.SCHEMA_MISMATCH : StoreFault.FAILED;
        };
    }

    @Override
    default boolean isTransient(SQLException fault) {
        // BUSY, LOCKED
        return fault instanceof SQLiteException sqlite && Set.of(5, 6).contains(sqlite.getResultCode().code & 0xFF);
    }

    /** SQLite has one result code for all errors in a statement, so this method checks the message. */
    private static boolean isOfOtherTables(SQLiteErrorCode code, String message) {
        return code == SQLiteErrorCode.SQLITE_ERROR
                && Stream.of("no such table:", "no such column:", "has no column named")
                        .anyMatch(message::contains);
    }
}
