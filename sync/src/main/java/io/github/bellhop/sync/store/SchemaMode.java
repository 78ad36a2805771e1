package io.github.bellhop.sync.store;

/** What the engine does with the tables at startup. */
public enum SchemaMode {
    /** Creates or migrates the tables. */
    MIGRATE,
    /** Changes nothing. Startup fails if the tables are not up to date. */
    VALIDATE,
    /** Neither changes nor checks anything. The operator is responsible for running the migrations. */
    NONE
}
