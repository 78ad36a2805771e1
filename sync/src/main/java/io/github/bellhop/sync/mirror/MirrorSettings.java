package io.github.bellhop.sync.mirror;

/**
 * What the user decides about the mirror.
 *
 * @param tables          which tables are written
 * @param privateMetadata in which of them {@code private_metadata} is; none unless asked for
 * @param raw             in which of them {@code raw}, the entity's own JSON, is; none unless asked for
 * @param deletes         what becomes of rows of something that was deleted
 */
public record MirrorSettings(TableChoice tables, TableChoice privateMetadata, TableChoice raw, Deletes deletes) {
    /** The usual settings: every table, and the least data in it. */
    public static final MirrorSettings DEFAULT =
            new MirrorSettings(TableChoice.ALL, TableChoice.NONE, TableChoice.NONE, Deletes.SOFT);

    /** Whether columns of a table that only these may see are written. */
    boolean allows(String table, Column.Access access) {
        return switch (access) {
            case ORDINARY -> true;
            case PRIVATE -> privateMetadata.includes(table);
            case RAW -> raw.includes(table);
        };
    }

    /** The same with other tables. */
    public MirrorSettings withTables(TableChoice changed) {
        return new MirrorSettings(changed, privateMetadata, raw, deletes);
    }

    /** The same with {@code private_metadata} in other tables. */
    public MirrorSettings withPrivateMetadata(TableChoice changed) {
        return new MirrorSettings(tables, changed, raw, deletes);
    }

    /** The same with {@code raw} in other tables. */
    public MirrorSettings withRaw(TableChoice changed) {
        return new MirrorSettings(tables, privateMetadata, changed, deletes);
    }

    /** The same with other deletes. */
    public MirrorSettings withDeletes(Deletes changed) {
        return new MirrorSettings(tables, privateMetadata, raw, changed);
    }
}
