package io.github.bellhop.sync.store;

/** What an engine does with the tables at startup. */
public enum SchemaMode {
    /** Creates or migrates the tables. */
    MIGRATE,
    /** Changes nothing, and fails the start if the tables are not up to date. */
    VALIDATE,
    /** Changes and checks nothing. The operator is responsible for running the migrations. */
    NONE
}
