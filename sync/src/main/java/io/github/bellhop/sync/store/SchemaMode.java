package io.github.bellhop.sync.store;

/** What is done about the tables when an engine starts. */
public enum SchemaMode {
    /** They are made, and brought up to date. */
    MIGRATE,
    /** Nothing is changed; unless they are up to date, the engine does not start. */
    VALIDATE,
    /** Nothing is changed and nothing is looked at: who runs the migrations knows what he does. */
    NONE
}
