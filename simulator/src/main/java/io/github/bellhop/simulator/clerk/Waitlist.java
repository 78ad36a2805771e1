package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Who waits to be let in, and the invitations of those who were. */
public final class Waitlist {
    private static final Set<String> OF_CREATION = Set.of("email_address", "notify");

    private final Kernel kernel;
    private final Tables tables;
    private final Listing entries;
    private final Listing invitations;

    Waitlist(Kernel kernel, Tables tables) {
        this.kernel = kernel;
        this.tables = tables;
        this.entries = new Listing(
                tables.waitlist,
                (entry, order) -> order.equals("invited_at") ? entry.at("/invitation/created_at") : entry.path(order));
        this.invitations = new Listing(tables.applicationInvitations);
    }

    /** Adds an e-mail address; gives the entry that there is already if there is one. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String email = params.requiredText("email_address");
            if (!Identification.EMAIL_ADDRESS.accepts(email)) {
                throw ClerkRefusedException.invalid("email_address", "email_address must be a valid email address.");
            }
            ObjectNode known = tables.waitlistByEmail.first(email);
            if (known != null) {
                return known.deepCopy();
            }
            ObjectNode entry = kernel.shape("waitlist-entry", kernel.newId("wle"), Map.of())
                    .put("email_address", email);
            tables.waitlist.put(entry);
            kernel.emit(EventType.WAITLIST_ENTRY_CREATED, entry);
            return entry.deepCopy();
        });
    }

    /** Lets one in, who gets an invitation. */
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

    /** Turns one away. */
    public ObjectNode reject(String id) {
        return change(id, entry -> entry.put("status", "rejected"));
    }

    private ObjectNode change(String id, Consumer<ObjectNode> change) {
        return kernel.locked(() -> {
            return kernel.change(
                            tables.waitlist,
                            tables.waitlist.get(id),
                            change,
                            changed -> kernel.emit(EventType.WAITLIST_ENTRY_UPDATED, changed))
                    .deepCopy();
        });
    }

    /** Removes an entry, of which no event tells; gives what is left. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode entry = tables.waitlist.get(id);
            tables.waitlist.remove(id);
            return Views.deleted(entry);
        });
    }

    /** A part of all entries. */
    public Page list(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> entries.page(request, filter).map(ObjectNode::deepCopy));
    }

    /** A part of the invitations into the application itself. */
    public Page listInvitations(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> invitations.page(request, filter).map(ObjectNode::deepCopy));
    }
}
