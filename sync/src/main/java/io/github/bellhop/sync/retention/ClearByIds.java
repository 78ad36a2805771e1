package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Selects the ids of due rows and clears the rows in one transaction. Begins no transaction if there is nothing to do,
 * because on SQLite a transaction blocks every other writer.
 */
final class ClearByIds implements RetentionTask {
    private final String name;
    private final Database database;
    private final Selection selection;
    private final Clearing clearing;

    ClearByIds(String name, Database database, Selection selection, Clearing clearing) {
        this.name = name;
        this.database = database;
        this.selection = selection;
        this.clearing = clearing;
    }

    /** Creates a task that deletes the rows of a table with the selected ids in the column. */
    static ClearByIds deleting(String name, Database database, String table, String column, Selection selection) {
        return new ClearByIds(
                name, database, selection, (connection, ids) -> Sql.remove(connection, table, column, ids));
    }

    /** Returns the ids of a batch of due rows. Locks the rows if the database supports it. */
    @FunctionalInterface
    interface Selection {
        List<String> due(Connection connection) throws SQLException;
    }

    /** Clears the rows with these ids. */
    @FunctionalInterface
    interface Clearing {
        int clear(Connection connection, List<String> ids) throws SQLException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int clearSome() {
        boolean isEmpty = database.read(selection::due).isEmpty();
        return isEmpty
                ? 0
                : database.inTransaction(connection -> clearing.clear(connection, selection.due(connection)));
    }
}
