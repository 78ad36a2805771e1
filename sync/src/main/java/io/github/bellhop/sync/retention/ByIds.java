package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Clears what has ids: some are chosen and cleared in one transaction. On SQLite, where a transaction is the one
 * writer, none is begun when there is nothing to do.
 */
final class ByIds implements Duty {
    private final String name;
    private final Database database;
    private final Choice choice;
    private final Clearing clearing;

    ByIds(String name, Database database, Choice choice, Clearing clearing) {
        this.name = name;
        this.database = database;
        this.choice = choice;
        this.clearing = clearing;
    }

    /** Removes the rows of a table whose column has the ids. */
    static ByIds removing(String name, Database database, String table, String column, Choice choice) {
        return new ByIds(name, database, choice, (connection, ids) -> Sql.remove(connection, table, column, ids));
    }

    /** Finds some ids of what is due, and locks them where the database can. */
    @FunctionalInterface
    interface Choice {
        List<String> due(Connection connection) throws SQLException;
    }

    /** Clears what has these ids. */
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
        boolean nothing = database.read(choice::due).isEmpty();
        return nothing ? 0 : database.inTransaction(connection -> clearing.clear(connection, choice.due(connection)));
    }
}
