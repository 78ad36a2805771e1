package io.github.bellhop.simulator.clerk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The invitations to the application. They emit no events. */
public final class ApplicationInvitations extends Resource {
    /** The maximum number of invitations that one request may create. */
    public static final int MOST = 10;

    private static final Set<String> OF_CREATION = Params.names(
            "email_address public_metadata redirect_url notify ignore_existing expires_in_days template_slug");
    private static final Set<String> TEMPLATES = Set.of("invitation", "waitlist_invitation");
    private static final int MOST_DAYS = 365;

    ApplicationInvitations(Kernel kernel) {
        super(kernel, kernel.tables.applicationInvitations, Kind.of("application-invitation", "inv"));
    }

    /** Invites an e-mail address with the parameters of {@code POST /invitations}. */
    public ObjectNode create(ObjectNode given) {
        return createAll(List.of(given)).get(0);
    }

    /** Invites several e-mail addresses at once; if one is rejected, none is invited. */
    public List<ObjectNode> createAll(List<ObjectNode> given) {
        return kernel.locked(() -> {
            List<String> invited = new ArrayList<>();
            List<Params> all =
                    given.stream().map(each -> Params.of(each, OF_CREATION)).toList();
            List<ObjectNode> drafts = all.stream()
                    .map(each -> draft(each, given.size() > 1, invited))
                    .toList();
            return IntStream.range(0, drafts.size())
                    .mapToObj(i -> sent(drafts.get(i), all.get(i)))
                    .toList();
        });
    }

    private ObjectNode sent(ObjectNode invitation, Params params) {
        ObjectNode sent = added(invitation);
        String template = params.text("template_slug");
        new Mail(kernel)
                .notify(
                        params,
                        Tables.text(invitation, "email_address"),
                        template == null ? "invitation" : template,
                        "Your invitation");
        return sent;
    }

    private ObjectNode draft(Params params, boolean bulk, List<String> invited) {
        String email = params.email("email_address");
        boolean ignored = params.flag("ignore_existing", false);
        // Clerk documents that a bulk request cannot bypass the rule about existing users.
        boolean claimed = tables.usersByIdentifier.first(Tables.identifier("email_address", email)) != null;
        if (claimed && (bulk || !ignored)) {
            throw ClerkRefusedException.taken("email_address");
        }
        if (!ignored && (isInvited(email) || invited.stream().anyMatch(email::equalsIgnoreCase))) {
            throw ClerkError.INVITATION_EXISTS.because(
                    "There are already pending invitations for the following email addresses: " + email);
        }
        invited.add(email);
        params.oneOf("template_slug", TEMPLATES);
        ObjectNode invitation = draft(Map.of()).put("email_address", email);
        params.replaceMetadata(invitation, List.of("public_metadata"));
        Long days = params.number("expires_in_days", 1, MOST_DAYS);
        if (days != null) {
            invitation.put("expires_at", kernel.now() + Duration.ofDays(days).toMillis());
        }
        String redirect = params.url("redirect_url");
        if (redirect != null) {
            String encoded = URLEncoder.encode(redirect, StandardCharsets.UTF_8);
            invitation.put("url", Tables.text(invitation, "url") + "&redirect_url=" + encoded);
        }
        return invitation;
    }

    private boolean isInvited(String email) {
        return tables.applicationInvitationsByEmail.of(email.toLowerCase(Locale.ROOT)).values().stream()
                .anyMatch(invitation -> Tables.text(invitation, "status").equals("pending"));
    }

    /** Revokes a pending invitation. */
    public ObjectNode revoke(String id) {
        return change(id, invitation -> {
            String status = Tables.text(invitation, "status");
            if (!status.equals("pending")) {
                throw ClerkRefusedException.of(
                        400,
                        "invitation_already_" + status,
                        "Invitation is already " + status + ".",
                        "Invitation is already " + status + ".");
            }
            invitation.put("status", "revoked").put("revoked", true);
        });
    }
}
