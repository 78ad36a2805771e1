package io.github.bellhop.sync.mirror;

/**
 * What a column holds. The database's own types for these stand in the migration's placeholders.
 *
 * @hidden
 */
public enum ColumnType {
    /** Text; ids and keys too. */
    TEXT,
    /** True or false. */
    BOOLEAN,
    /** A whole number of 64 bits. */
    BIGINT,
    /** An instant, in whole milliseconds. */
    TIME,
    /** Any JSON value. */
    JSON
}
