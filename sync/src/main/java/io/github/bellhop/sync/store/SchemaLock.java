package io.github.bellhop.sync.store;

/** The locks that let only one program at a time change the schema. */
enum SchemaLock {
    /** For migrations and the indexes that are part of them. */
    TABLES(0),
    /** For indexes that are built while programs run. */
    INDEXES(1);

    private final int number;

    SchemaLock(int number) {
        this.number = number;
    }

    /** Returns the lock's number. It must not change, because programs of other versions use the same number. */
    int number() {
        return number;
    }
}
