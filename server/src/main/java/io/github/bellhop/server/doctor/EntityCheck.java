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

/** Checks whether a user or an organization is in the mirror, and finds the reason if it is not. */
record EntityCheck(Situation situation) implements Check {

    /** Whether Clerk has the entity. */
    enum AtClerk {
        THERE,
        MISSING,
        UNKNOWN
    }

    @Override
    public List<Finding> run() {
        String id = situation.examination().entityId();
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
                                "It was deleted, or belongs to a different instance than the secret key (development or"
                                        + " production).",
                                "In the Clerk Dashboard, check that the instance is the one to which "
                                        + EnvironmentVariables.SECRET_KEY + " belongs.");
                    case UNKNOWN ->
                        Finding.skip(
                                "Could not check whether Clerk has " + id + ".",
                                "Set " + EnvironmentVariables.SECRET_KEY + ", and see the backend-api check.");
                });
        MirrorTable table = user ? ClerkTables.USERS : ClerkTables.ORGANIZATIONS;
        EntityStatus standing = standing(table, id);
        if (standing == null) {
            findings.add(Finding.skip("The mirror could not be read. See the database check.", null));
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
