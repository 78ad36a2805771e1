package io.github.bellhop.sync.mirror;

import io.github.bellhop.InvalidSettingException;
import io.github.bellhop.event.internal.NearestNames;
import java.util.Collection;
import java.util.List;

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

    /**
     * Checks the names of the tables.
     *
     * @throws InvalidSettingException naming the first table that cannot be chosen
     */
    public MirrorSettings {
        requireTables("bellhop.mirror.tables", tables, ClerkTables.names(), "rows");
        requireTables(
                "bellhop.mirror.private-metadata",
                privateMetadata,
                ClerkTables.namesWith(Column.Access.PRIVATE),
                "private_metadata");
        requireTables("bellhop.mirror.raw", raw, ClerkTables.namesWith(Column.Access.RAW), "raw JSON of its own");
    }

    private static void requireTables(String setting, TableChoice choice, Collection<String> choosable, String lack) {
        for (String name : choice.names()) {
            if (choosable.contains(name)) {
                continue;
            }
            if (ClerkTables.names().contains(name)) {
                throw new InvalidSettingException(setting, "names " + name + ", which has no " + lack, "Leave it out.");
            }
            List<String> near = NearestNames.to(name, choosable);
            throw new InvalidSettingException(
                    setting,
                    "names an unknown table \"" + name + "\"",
                    near.isEmpty()
                            ? "See docs/tables.md for the tables."
                            : "Did you mean " + String.join(" or ", near) + "?");
        }
    }

    /** Whether columns of a table that only these may see are written. */
    boolean allows(String table, Column.Access access) {
        return switch (access) {
            case ORDINARY -> true;
            case PRIVATE -> privateMetadata.includes(table);
            case RAW -> raw.includes(table);
        };
    }

    /** What of a table's JSON is written into columns that only these may see. */
    PayloadView view(String table, Column.Access access) {
        if (access != Column.Access.RAW) {
            return PayloadView.WHOLE;
        }
        return privateMetadata.includes(table) ? PayloadView.STORED_WITH_METADATA : PayloadView.STORED;
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
