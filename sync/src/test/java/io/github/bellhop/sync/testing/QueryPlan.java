package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import java.util.List;
import java.util.stream.Collectors;

/** The query plans of a database. */
public final class QueryPlan {
    private QueryPlan() {}

    /** Returns the plan of a statement without parameters. */
    public static String of(TestDatabase kind, Database database, String sql) {
        return of(kind, database, Sql.of(sql));
    }

    /** Returns the plan of a statement. */
    public static String of(TestDatabase kind, Database database, Sql sql) {
        return explain(kind == TestDatabase.SQLITE ? "explain query plan " : "explain ", database, sql);
    }

    /** Returns the plan of a statement; on PostgreSQL, with the measured execution times. */
    public static String measured(TestDatabase kind, Database database, Sql sql) {
        return explain(kind == TestDatabase.SQLITE ? "explain query plan " : "explain (analyze) ", database, sql);
    }

    private static String explain(String explain, Database database, Sql sql) {
        return Rows.query(database, explain + sql.text(), sql.parameters().toArray()).stream()
                .map(row -> row.getOrDefault("detail", row.get("QUERY PLAN")).toString())
                .collect(Collectors.joining("\n"));
    }

    /** Returns the values of a column in a statement's result. */
    public static List<Object> column(Database database, Sql sql, String column) {
        return Rows.query(database, sql.text(), sql.parameters().toArray()).stream()
                .map(row -> row.get(column))
                .toList();
    }
}
