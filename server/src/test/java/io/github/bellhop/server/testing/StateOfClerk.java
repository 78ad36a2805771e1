package io.github.bellhop.server.testing;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.PageRequest;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.testing.Rows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Computes the mirror that corresponds to the state of a simulated Clerk. */
public final class StateOfClerk {
    /** Sorts keys as webhooks do, so that JSON stored as text is equal. */
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private static final PageRequest ALL = PageRequest.newest(100_000, 0);

    /** The tables to compare, each with the columns to ignore because Clerk changes them without an event. */
    private static final Map<String, Set<String>> TABLES = new LinkedHashMap<>();

    private static final Set<String> IGNORED_EVERYWHERE = Set.of("synced_at", "bellhop_version", "raw");

    static {
        TABLES.put("clerk_users", Set.of("last_sign_in_at", "last_active_at"));
        TABLES.put("clerk_user_email_addresses", Set.of());
        TABLES.put("clerk_user_external_accounts", Set.of());
        TABLES.put(
                "clerk_organizations",
                Set.of("members_count", "pending_invitations_count", "missing_member_with_elevated_permissions"));
        TABLES.put(
                "clerk_organization_memberships",
                Set.of("identifier", "first_name", "last_name", "image_url", "has_image", "banned", "deprovisioned"));
        TABLES.put("clerk_organization_invitations", Set.of("inviter_identifier"));
        TABLES.put("clerk_organization_domains", Set.of("total_pending_invitations", "total_pending_suggestions"));
        TABLES.put("clerk_roles", Set.of());
        TABLES.put("clerk_role_permissions", Set.of());
        TABLES.put("clerk_sessions", Set.of("last_active_at"));
        TABLES.put("clerk_waitlist_entries", Set.of());
    }

    private StateOfClerk() {}

    /** Mirrors the current state into an empty database, with one event per entity. */
    public static void mirror(ClerkInstance clerk, Database database) {
        Map<String, List<ObjectNode>> entities = new LinkedHashMap<>();
        List<ObjectNode> users = clerk.users().list(ALL, user -> true).rows();
        List<ObjectNode> organizations =
                clerk.organizations().list(ALL, false, organization -> true).rows();
        // The built-in roles were created before the endpoint, so no events exist for them.
        entities.put(
                "role.updated", clerk.roles().list(ALL, StateOfClerk::isOwnRole).rows());
        entities.put("user.updated", users);
        entities.put("organization.updated", organizations);
        entities.put(
                "organizationMembership.updated", clerk.memberships().list(ALL).rows());
        entities.put(
                "organizationInvitation.created",
                clerk.invitations().list(null, ALL, invitation -> true).rows());
        entities.put(
                "organizationDomain.updated",
                clerk.domains().list(null, ALL, domain -> true).rows());
        entities.put(
                "waitlistEntry.updated",
                clerk.waitlist().list(ALL, entry -> true).rows());
        List<ObjectNode> sessions = new ArrayList<>();
        for (ObjectNode user : users) {
            sessions.addAll(clerk.sessions()
                    .list(ALL, user.path("id").stringValue(), null, session -> true)
                    .rows());
        }
        entities.put("session.created", sessions);
        SyncEngine engine = new SyncEngine(database, SyncSettings.defaults(), new SimpleMeterRegistry());
        engine.start();
        try (engine) {
            entities.forEach((type, all) -> all.forEach(entity -> submit(engine, type, entity)));
        }
    }

    private static boolean isOwnRole(ObjectNode role) {
        return !role.path("key").stringValue().matches("org:(admin|member)");
    }

    private static void submit(SyncEngine engine, String type, ObjectNode entity) {
        ObjectNode event = ApiJson.object().put("type", type).put("object", "event");
        event.set("data", entity);
        byte[] payload = SORTED.writeValueAsBytes(event);
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        String id = "msg_" + type + entity.path("id").stringValue();
        engine.submit(
                new IncomingMessage(id.replace('.', '_'), EnvelopeReader.read(payload), Instant.EPOCH, payload),
                receipt::complete);
        if (receipt.join() != Receipt.KEPT) {
            throw new AssertionError(type + " was not stored: " + receipt.join());
        }
    }

    /** Returns the live rows of each table without the ignored columns. */
    public static Map<String, List<String>> liveRows(Database database) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        TABLES.forEach((table, ignored) -> {
            List<String> rows = new ArrayList<>();
            for (Map<String, Object> row : Rows.query(database, "select * from " + table)) {
                if (row.get("deleted_at") == null) {
                    Map<String, Object> compared = new TreeMap<>(row);
                    compared.keySet().removeAll(ignored);
                    compared.keySet().removeAll(IGNORED_EVERYWHERE);
                    rows.add(compared.toString());
                }
            }
            rows.sort(null);
            all.put(table, rows);
        });
        return all;
    }
}
