package io.github.bellhop.sync.mirror;

/**
 * One column: where its value comes from and what it means when that is absent.
 *
 * @param name    the column's name, Clerk's own key where there is one
 * @param type    what it holds
 * @param source  where in the entity's JSON the value stands
 * @param absent  what an absent key means
 * @param empty   whether {@code ""} means null
 * @param access  who may see the value
 * @hidden
 */
public record Column(String name, ColumnType type, Source source, Absent absent, Empty empty, Access access) {
    /** What it means that the entity's JSON does not have the key at all. A JSON null always sets null. */
    public enum Absent {
        /** The column keeps what it has. */
        KEEP,
        /** The column becomes null. */
        NULL
    }

    /** What an empty text means. */
    public enum Empty {
        /** It is a text like any other. */
        TEXT,
        /** Clerk writes it where it has nothing: null. */
        NULL
    }

    /** Who may see a value. */
    public enum Access {
        /** Whoever may read the tables. */
        ORDINARY,
        /** Only those who asked for it: not mirrored unless the settings say so. */
        PRIVATE,
        /** The entity's own JSON, for those who asked for it. */
        RAW
    }
}
