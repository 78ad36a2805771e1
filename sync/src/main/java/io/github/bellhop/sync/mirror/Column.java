package io.github.bellhop.sync.mirror;

/**
 * The declaration of one column. The column keeps its value if the JSON does not contain its key; a JSON null sets it
 * to null.
 *
 * @param name    the column's name; the same as Clerk's key, if there is one
 * @param type    the type of its value
 * @param meaning the meaning of its value
 * @param source  the place of the value in the entity's JSON
 * @param empty   what {@code ""} means
 * @param access  who may see the value
 * @hidden
 */
public record Column(String name, Type type, Meaning meaning, Source source, Empty empty, Access access) {
    /** The type of a column's value. The migrations have placeholders for the matching types of each database. */
    public enum Type {
        /** Text, including ids and keys. */
        TEXT,
        /** True or false. */
        BOOLEAN,
        /** A 64-bit integer. */
        BIGINT,
        /** An instant with millisecond precision. */
        TIME,
        /** Any JSON value. */
        JSON
    }

    /** The meaning of a value. */
    public enum Meaning {
        /** An ordinary value. */
        PLAIN,
        /** The id of an object, of the row's person, or of another person about whom the row contains further data. */
        ID,
        /** The id of a person about whom the row contains nothing else. An erasure keeps it. */
        BARE_ID,
        /** An e-mail address or phone number of the person whom the row is about. An erasure searches for it. */
        ADDRESS
    }

    /** The meaning of an empty string. */
    public enum Empty {
        /** An ordinary string. */
        TEXT,
        /** Null, because Clerk writes an empty string if there is no value. */
        NULL
    }

    /** Who may see a value. */
    public enum Access {
        /** Visible to everyone who may read the tables. */
        ORDINARY,
        /** Private: mirrored only if the settings enable it. */
        PRIVATE,
        /** The entity's own JSON: mirrored only if the settings enable it. */
        RAW
    }

    /** Returns the path of the value, as shown in the documentation. */
    public String path() {
        return source.path();
    }

    /** Returns whether the value is an id. */
    public boolean isId() {
        return meaning == Meaning.ID || meaning == Meaning.BARE_ID;
    }
}
