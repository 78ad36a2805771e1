package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The waitlist, and the invitations sent to people on it. */
public final class Waitlist extends Resource {
    private static final Set<String> OF_CREATION = Set.of("email_address", "notify");

    Waitlist(Kernel kernel) {
        super(
                kernel,
                kernel.tables.waitlist,
                Kind.of("waitlist-entry", "wle")
                        .events(EventType.WAITLIST_ENTRY_CREATED, EventType.WAITLIST_ENTRY_UPDATED, null)
                        .orderedBy((entry, order) ->
                                order.equals("invited_at") ? entry.at("/invitation/created_at") : entry.path(order)));
    }

    /** Adds an e-mail address, or returns its existing entry. */
    public ObjectNode create(ObjectNode given) {
        return createAll(List.of(given)).get(0);
    }

    /**
     * Adds several e-mail addresses, with the parameters of {@code POST /waitlist_entries/bulk}; if one is rejected,
     * none is added.
     */
    public List<ObjectNode> createAll(List<ObjectNode> given) {
        Map<String, Params> addresses = new LinkedHashMap<>();
        for (ObjectNode each : given) {
            Params params = Params.of(each, OF_CREATION);
            String email = params.email("email_address");
            if (addresses.put(email.toLowerCase(Locale.ROOT), params) != null) {
                throw ClerkError.DUPLICATE.of("email_address", "email_address contains duplicate values");
            }
        }
        return kernel.locked(() -> addresses.values().stream().map(this::entry).toList());
    }

    private ObjectNode entry(Params params) {
        String email = params.email("email_address");
        ObjectNode known = tables.waitlistByEmail.first(email);
        if (known != null) {
            return view(known);
        }
        ObjectNode entry = added(draft(Map.of()).put("email_address", email));
        new Mail(kernel).notify(params, email, "waitlist_confirmation", "You are on the waitlist");
        return entry;
    }

    /** Invites the person who is on the waitlist with this entry. */
    public ObjectNode invite(String id) {
        return invite(id, ApiJson.object());
    }

    /** Invites the person who is on the waitlist with this entry, with the parameters of Clerk's {@code POST}. */
    public ObjectNode invite(String id, ObjectNode given) {
        Params params = Params.of(given, Set.of("ignore_existing"));
        return kernel.locked(() -> {
            ObjectNode entry = table.get(id);
            requireOpen(entry);
            if (!params.flag("ignore_existing", false)) {
                requireNew(entry);
            }
            return change(id, this::invite);
        });
    }

    private void invite(ObjectNode entry) {
        ObjectNode invitation = (ObjectNode)
                kernel.shape("waitlist-entry-invited", Tables.text(entry, "id"), Map.of("inv", kernel.newId("inv")))
                        .get("invitation");
        invitation.set("email_address", entry.get("email_address"));
        tables.applicationInvitations.put(invitation.deepCopy());
        entry.put("status", "invited").set("invitation", invitation);
    }

    private void requireNew(ObjectNode entry) {
        String email = Tables.text(entry, "email_address");
        if (tables.usersByIdentifier.first(Tables.identifier(Identification.EMAIL_ADDRESS.key, email)) != null) {
            throw ClerkRefusedException.taken("email_address");
        }
        if (tables.applicationInvitations.rows().values().stream()
                .anyMatch(other -> Tables.text(other, "email_address").equalsIgnoreCase(email)
                        && Tables.text(other, "status").equals("pending"))) {
            throw ClerkError.INVITATION_EXISTS.because(
                    "There are already pending invitations for the following email addresses: " + email);
        }
    }

    /** Rejects an entry. */
    public ObjectNode reject(String id) {
        return kernel.locked(() -> {
            requireOpen(table.get(id));
            return change(id, entry -> entry.put("status", "rejected"));
        });
    }

    private static void requireOpen(ObjectNode entry) {
        if (Tables.text(entry, "status").equals("completed")) {
            throw notInState(entry);
        }
    }

    private static ClerkRefusedException notInState(ObjectNode entry) {
        return ClerkError.CONFLICT.because(
                "The waitlist entry " + Tables.text(entry, "id") + " is " + Tables.text(entry, "status") + ".");
    }

    /** Removes a pending entry, without an event, and returns its deletion object. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode entry = table.get(id);
            if (!Tables.text(entry, "status").equals("pending")) {
                throw notInState(entry);
            }
            return remove(entry, false);
        });
    }
}
