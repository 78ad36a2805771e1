package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The invitations to organizations. Only the creation event contains the URL for accepting the invitation. */
public final class Invitations extends Resource {
    private static final Set<String> OF_CREATION = Params.names("email_address inviter_user_id role public_metadata"
            + " private_metadata redirect_url expires_in_days notify");

    private static final int MOST_DAYS = 365;

    private final Memberships memberships;

    Invitations(Kernel kernel, Memberships memberships) {
        super(
                kernel,
                kernel.tables.invitations,
                Kind.of("organization-invitation", "orginv").seen(kernel.views::invitation));
        this.memberships = memberships;
    }

    /** Invites an e-mail address with the parameters of {@code POST /organizations/{id}/invitations}. */
    public ObjectNode create(String organizationId, ObjectNode given) {
        return createAll(organizationId, List.of(given)).get(0);
    }

    /**
     * Invites several e-mail addresses at once, with the parameters of {@code POST
     * /organizations/{id}/invitations/bulk}; if one is rejected, none is invited.
     */
    public List<ObjectNode> createAll(String organizationId, List<ObjectNode> given) {
        return kernel.locked(() -> {
            List<Params> all =
                    given.stream().map(each -> Params.of(each, OF_CREATION)).toList();
            List<ObjectNode> drafts =
                    all.stream().map(each -> draft(organizationId, each)).toList();
            requireDistinct(drafts);
            memberships.requireSeats(organizationId, drafts.size());
            return IntStream.range(0, drafts.size())
                    .mapToObj(i -> sent(drafts.get(i), all.get(i)))
                    .toList();
        });
    }

    private static void requireDistinct(List<ObjectNode> drafts) {
        Set<String> addresses = new HashSet<>();
        for (ObjectNode draft : drafts) {
            if (!addresses.add(Tables.text(draft, "email_address").toLowerCase(Locale.ROOT))) {
                throw notUnique();
            }
        }
    }

    private ObjectNode draft(String organizationId, Params params) {
        tables.organizations.get(organizationId);
        params.requiredText("email_address");
        ObjectNode role = memberships.requireRole(params.requiredText("role"));
        String email = params.email("email_address");
        requireNotMember(organizationId, email);
        requireNotInvited(organizationId, email);
        String inviter = params.text("inviter_user_id");
        ObjectNode invitation = draft(Map.of("org", organizationId, "inviter", inviter == null ? "" : inviter));
        if (inviter == null) {
            invitation.putNull("inviter_id").putNull("public_inviter_data");
        } else {
            memberships.requireAdministrator(organizationId, inviter);
        }
        invitation.put("email_address", email);
        invitation.set("role", role.get("key")).set("role_name", role.get("name"));
        params.replaceMetadata(invitation, Params.METADATA);
        params.url("redirect_url");
        Long days = params.number("expires_in_days", 1, MOST_DAYS);
        if (days != null) {
            invitation.put("expires_at", kernel.now() + Duration.ofDays(days).toMillis());
        }
        return invitation;
    }

    private ObjectNode sent(ObjectNode invitation, Params params) {
        ObjectNode view = added(invitation);
        String redirect = params.url("redirect_url");
        view.put(
                "url",
                "https://accounts.example.com/v1/tickets/accept?ticket=" + kernel.newId("ticket")
                        + (redirect == null
                                ? ""
                                : "&redirect_url=" + URLEncoder.encode(redirect, StandardCharsets.UTF_8)));
        kernel.emit(EventType.ORGANIZATION_INVITATION_CREATED, view);
        new Mail(kernel)
                .notify(
                        params,
                        Tables.text(invitation, "email_address"),
                        "organization_invitation",
                        "Your invitation to an organization");
        return view;
    }

    private void requireNotMember(String organizationId, String email) {
        ObjectNode user = tables.usersByIdentifier.first(Tables.identifier(Identification.EMAIL_ADDRESS.key, email));
        if (user != null && memberships.exists(organizationId, Tables.text(user, "id"))) {
            throw Memberships.alreadyMember(email);
        }
    }

    private void requireNotInvited(String organizationId, String email) {
        for (ObjectNode other :
                tables.invitationsByOrganization.of(organizationId).values()) {
            if (Tables.text(other, "email_address").equalsIgnoreCase(email) && isPending(other)) {
                throw notUnique();
            }
        }
    }

    private static ClerkRefusedException notUnique() {
        return ClerkError.INVITATION_NOT_UNIQUE.because(
                "Organizations cannot have duplicate pending invitations for an email address.");
    }

    /** Whether an invitation is still pending, so that it can be accepted. */
    public static boolean isPending(JsonNode invitation) {
        return Tables.text(invitation, "status").equals("pending");
    }

    /** Accepts an invitation on behalf of a user, who becomes a member. */
    public ObjectNode accept(String invitationId, String userId) {
        return kernel.locked(() -> {
            ObjectNode invitation = table.get(invitationId);
            tables.users.get(userId);
            String organization = Tables.text(invitation, "organization_id");
            boolean joins = !memberships.exists(organization, userId);
            if (joins) {
                memberships.requireAdmissible(organization, userId, Tables.text(invitation, "role"), 1);
            }
            ObjectNode accepted = move(
                    invitation,
                    "accepted",
                    moved -> kernel.emit(
                            EventType.ORGANIZATION_INVITATION_ACCEPTED,
                            view(moved).put("user_id", userId)));
            if (joins) {
                memberships.create(organization, userId, Tables.text(invitation, "role"));
            }
            return accepted;
        });
    }

    /** Revokes an invitation with the parameters of Clerk's {@code POST}. */
    public ObjectNode revoke(String organizationId, String invitationId, ObjectNode given) {
        Params params = Params.of(given, Set.of("requesting_user_id"));
        return kernel.locked(() -> {
            ObjectNode invitation = require(organizationId, invitationId);
            String requester = params.text("requesting_user_id");
            if (requester != null) {
                memberships.requireAdministrator(organizationId, requester);
            }
            return revoke(invitation);
        });
    }

    /** Revokes an invitation. */
    public ObjectNode revoke(String organizationId, String invitationId) {
        return kernel.locked(() -> revoke(require(organizationId, invitationId)));
    }

    private ObjectNode revoke(ObjectNode invitation) {
        return move(invitation, "revoked", moved -> emit(EventType.ORGANIZATION_INVITATION_REVOKED, moved));
    }

    private ObjectNode move(ObjectNode invitation, String status, Consumer<ObjectNode> emit) {
        if (!isPending(invitation)) {
            throw ClerkError.INVITATION_NOT_PENDING.because("The invitation " + Tables.text(invitation, "id") + " is "
                    + Tables.text(invitation, "status") + ".");
        }
        return change(invitation, changed -> changed.put("status", status), emit);
    }

    /** The organization's invitation with this id. */
    public ObjectNode get(String organizationId, String invitationId) {
        return kernel.locked(() -> view(require(organizationId, invitationId)));
    }

    /** A page of the invitations to one organization, or to all organizations if the id is null. */
    public Page list(@Nullable String organizationId, PageRequest request, Predicate<ObjectNode> filter) {
        return listOf(organizationId, tables.invitationsByOrganization, request, filter);
    }

    /** A page of the invitations to a user's e-mail addresses. */
    public Page listOfUser(String userId, PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            List<String> emails = tables.users
                    .get(userId)
                    .path("email_addresses")
                    .valueStream()
                    .map(email -> Tables.text(email, "email_address"))
                    .toList();
            return page(
                    table.rows(),
                    request,
                    filter.and(invitation ->
                            emails.stream().anyMatch(Tables.text(invitation, "email_address")::equalsIgnoreCase)));
        });
    }

    /** Removes the invitations to an organization that is about to be deleted. */
    void removeAll(String organizationId) {
        for (ObjectNode invitation : tables.invitationsByOrganization.list(organizationId)) {
            if (kernel.cascadesEvents() && isPending(invitation)) {
                revoke(invitation);
            }
            remove(invitation, false);
        }
    }
}
