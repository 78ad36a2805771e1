package io.github.bellhop.sync.mirror;

import io.github.bellhop.InvalidSettingException;
import io.github.bellhop.event.internal.NearestNames;
import java.util.Collection;
import java.util.List;

/**
 * The settings of the mirror.
 *
 * @param tables          the tables that are written
 * @param privateMetadata the tables that store {@code private_metadata}; none by default
 * @param raw             the tables that store {@code raw}, the entity's own JSON; none by default
 * @param deletes         what happens to the rows of a deleted entity
 */
public record MirrorSettings(TableChoice tables, TableChoice privateMetadata, TableChoice raw, Deletes deletes) {
    /** The default settings: every table, no private metadata, no raw JSON, and soft deletes. */
    public static final MirrorSettings DEFAULT =
            new MirrorSettings(TableChoice.ALL, TableChoice.NONE, TableChoice.NONE, Deletes.SOFT);

    /**
     * Checks the table names.
     *
     * @throws InvalidSettingException if a table cannot be chosen; the message names the first such table
     */
    public MirrorSettings {
        requireTables("bellhop.mirror.tables", tables, ClerkTables.names(), "rows");
        requireTables(
                "bellhop.mirror.private-metadata",
                privateMetadata,
                ClerkTables.namesWith(Column.Access.PRIVATE),
                "private_metadata");
        requireTables("bellhop.mirror.raw", raw, ClerkTables.namesWith(Column.Access.RAW), "raw JSON");
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

    /** Returns whether the table's columns with this access are written. */
    boolean allows(String table, Column.Access access) {
        return switch (access) {
            case ORDINARY -> true;
            case PRIVATE -> privateMetadata.includes(table);
            case RAW -> raw.includes(table);
        };
    }

    /** Returns the view of the table's JSON that is written to its columns with this access. */
    PayloadView view(String table, Column.Access access) {
        if (access != Column.Access.RAW) {
            return PayloadView.WHOLE;
        }
        return privateMetadata.includes(table) ? PayloadView.STORED_WITH_METADATA : PayloadView.STORED;
    }

    /** Returns a copy with a different choice of tables. */
    public MirrorSettings withTables(TableChoice changed) {
        return new MirrorSettings(changed, privateMetadata, raw, deletes);
    }

    /** Returns a copy with a different choice of tables that store {@code private_metadata}. */
    public MirrorSettings withPrivateMetadata(TableChoice changed) {
        return new MirrorSettings(tables, changed, raw, deletes);
    }

    /** Returns a copy with a different choice of tables that store {@code raw}. */
    public MirrorSettings withRaw(TableChoice changed) {
        return new MirrorSettings(tables, privateMetadata, changed, deletes);
    }

    /** Returns a copy with a different handling of deletes. */
    public MirrorSettings withDeletes(Deletes changed) {
        return new MirrorSettings(tables, privateMetadata, raw, changed);
    }
}
