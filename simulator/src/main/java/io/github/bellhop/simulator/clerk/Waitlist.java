package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
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
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String email = params.email("email_address");
            ObjectNode known = tables.waitlistByEmail.first(email);
            return known != null ? view(known) : added(draft(Map.of()).put("email_address", email));
        });
    }

    /** Invites the person of an entry. */
    public ObjectNode invite(String id) {
        return change(id, entry -> {
            ObjectNode invitation =
                    (ObjectNode) kernel.shape("waitlist-entry-invited", id, Map.of("inv", kernel.newId("inv")))
                            .get("invitation");
            invitation.set("email_address", entry.get("email_address"));
            tables.applicationInvitations.put(invitation.deepCopy());
            entry.put("status", "invited").set("invitation", invitation);
        });
    }

    /** Rejects an entry. */
    public ObjectNode reject(String id) {
        return change(id, entry -> entry.put("status", "rejected"));
    }

    /** Removes an entry, without an event, and returns its deleted form. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> remove(table.get(id), false));
    }
}
