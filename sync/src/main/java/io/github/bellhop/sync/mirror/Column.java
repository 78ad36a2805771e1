package io.github.bellhop.sync.mirror;

/**
 * One column: where its value comes from, and what it stands for. It keeps what it
 * has when the JSON does not have its key at all; a JSON null always sets null.
 *
 * @param name    the column's name, Clerk's own key where there is one
 * @param type    what it holds
 * @param meaning what its value stands for
 * @param source  where in the entity's JSON the value stands
 * @param empty   whether {@code ""} means null
 * @param access  who may see the value
 * @hidden
 */
public record Column(String name, Type type, Meaning meaning, Source source, Empty empty, Access access) {
    /** What a column holds. The database's own types for these stand in the migration's placeholders. */
    public enum Type {
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

    /** What a value stands for. */
    public enum Meaning {
        /** Itself. */
        PLAIN,
        /** The id of a thing, of the row's person, or of a person of whom the row tells more than this. */
        ID,
        /** The id of a person of whom the row tells nothing else. An erasure leaves it. */
        BARE_ID,
        /** An e-mail address or phone number of the person whom the row is about. An erasure looks for it. */
        ADDRESS
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

    /** Where the value stands, as documentation shows it. */
    public String path() {
        return source.path();
    }

    /** Whether it holds an id. */
    public boolean isId() {
        return meaning == Meaning.ID || meaning == Meaning.BARE_ID;
    }
}
