package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.sync.backend.BackendAnswer;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendEntity;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.read.StatusReader;
import io.github.bellhop.sync.read.StatusReader.EntityStatus;
import io.github.bellhop.sync.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one user or organization is, and why it is not in the mirror. */
record EntityCheck(Situation situation) implements Check {

    /** What Clerk says of it. */
    enum AtClerk {
        THERE,
        MISSING,
        UNKNOWN
    }

    @Override
    public List<Finding> look() {
        String id = situation.wanted().entityId();
        if (id == null) {
            return List.of();
        }
        boolean user = BackendEntity.USER.isId(id);
        List<Finding> findings = new ArrayList<>();
        AtClerk clerk = atClerk(user ? BackendEntity.USER : BackendEntity.ORGANIZATION, id);
        findings.add(
                switch (clerk) {
                    case THERE -> Finding.ok("Clerk has " + id + ".");
                    case MISSING ->
                        Finding.warn(
                                "Clerk has no " + id + ".",
                                "It was deleted, or is of another instance than the secret key (development or"
                                        + " production).",
                                "Compare the instance in the Dashboard with " + EnvironmentVariables.SECRET_KEY + ".");
                    case UNKNOWN ->
                        Finding.skip(
                                "Whether Clerk has " + id + " could not be checked.",
                                "Set " + EnvironmentVariables.SECRET_KEY
                                        + "; see what the check of the backend-api says.");
                });
        MirrorTable table = user ? ClerkTables.USERS : ClerkTables.ORGANIZATIONS;
        EntityStatus standing = standing(table, id);
        if (standing == null) {
            findings.add(Finding.skip("The mirror could not be read: see what the check of the database says.", null));
            return findings;
        }
        findings.add(new EntityDiagnosis(id, table.name(), standing, clerk).finding());
        Instant now = situation.now();
        findings.addAll(new EntityRuns(id, standing.runs(), now).findings());
        return findings;
    }

    private @Nullable EntityStatus standing(MirrorTable table, String id) {
        StatusReader reader = situation.store().reader();
        try {
            return reader == null ? null : reader.entity(table, id);
        } catch (StoreException unreadable) {
            return null;
        }
    }

    private AtClerk atClerk(BackendEntity kind, String id) {
        BackendApi clerk = situation.backend();
        return clerk == null
                ? AtClerk.UNKNOWN
                : clerk.get(kind, id)
                        .fold(new BackendAnswer.Cases<AtClerk>(
                                found -> AtClerk.THERE,
                                () -> AtClerk.MISSING,
                                limited -> AtClerk.UNKNOWN,
                                refused -> AtClerk.UNKNOWN,
                                unavailable -> AtClerk.UNKNOWN));
    }
}
