package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import java.util.List;
import java.util.stream.Collectors;

/** How a database would run a statement, in its own words. */
public final class QueryPlan {
    private QueryPlan() {}

    /** The plan of a statement that has no parameters, or has them in its text. */
    public static String of(TestDatabase kind, Database database, String sql) {
        return of(kind, database, Sql.of(sql));
    }

    /** The plan of a statement. */
    public static String of(TestDatabase kind, Database database, Sql sql) {
        return explained(kind == TestDatabase.SQLITE ? "explain query plan " : "explain ", database, sql);
    }

    /** The plan of a statement and, on PostgreSQL, what running it took. */
    public static String measured(TestDatabase kind, Database database, Sql sql) {
        return explained(kind == TestDatabase.SQLITE ? "explain query plan " : "explain (analyze) ", database, sql);
    }

    private static String explained(String explain, Database database, Sql sql) {
        return Rows.query(database, explain + sql.text(), sql.parameters().toArray()).stream()
                .map(row -> row.getOrDefault("detail", row.get("QUERY PLAN")).toString())
                .collect(Collectors.joining("\n"));
    }

    /** The values of a column that a statement finds. */
    public static List<Object> column(Database database, Sql sql, String column) {
        return Rows.query(database, sql.text(), sql.parameters().toArray()).stream()
                .map(row -> row.get(column))
                .toList();
    }
}
