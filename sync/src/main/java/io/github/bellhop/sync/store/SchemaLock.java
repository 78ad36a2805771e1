package io.github.bellhop.sync.store;

/** What only one program at a time does to the tables' definitions. */
enum SchemaLock {
    /** Migrations, and the indexes that belong to them. */
    TABLES(0),
    /** Indexes that are built while programs run. */
    INDEXES(1);

    private final int number;

    SchemaLock(int number) {
        this.number = number;
    }

    /** Sets the locks apart; programs of other versions know them by it. */
    int number() {
        return number;
    }
}
