package io.github.bellhop.simulator.testing;

import java.util.List;

/**
 * A status that the simulator returns although the operation's specification does not list it. Clerk documents the
 * status on its page about errors or for another operation.
 */
public enum DocumentedGap {
    CREDENTIALS(401, "Every operation needs the secret key; only some list the answer to a wrong one."),
    CONTENT_TYPE(415, "The page about errors has it."),
    BODY_SIZE(413, "The page about errors has it."),
    LAST_ADMINISTRATOR(
            400,
            "The page about errors has `organization_minimum_permissions_needed` with 400.",
            "DELETE /organizations/{organization_id}/memberships/{user_id}",
            "PATCH /organizations/{organization_id}/memberships/{user_id}"),
    SIGN_IN(
            403,
            "The page about errors has `user_banned` with 403. `user_locked` is on the page about the Frontend API only.",
            "POST /sessions"),
    FORM(
            422,
            "The page about errors has errors of parameters with 422.",
            "PATCH /email_addresses/{email_address_id}",
            "PATCH /phone_numbers/{phone_number_id}",
            "POST /email_addresses/{email_address_id}/attempt_verification",
            "POST /phone_numbers/{phone_number_id}/attempt_verification",
            "POST /organizations/{organization_id}/invitations/{invitation_id}/revoke"),
    QUERY(
            422,
            "Other lists document 422 for a wrong limit or filter.",
            "GET /invitations",
            "GET /waitlist_entries",
            "GET /organizations/{organization_id}/invitations/pending",
            "GET /users/{user_id}/organization_memberships"),
    UNKNOWN_USER(
            404,
            "Other operations on a user document 404.",
            "POST /users/{user_id}/ban",
            "POST /users/{user_id}/unban",
            "POST /users/{user_id}/lock",
            "POST /users/{user_id}/unlock",
            "GET /users/{user_id}/organization_memberships"),
    UNKNOWN_ORGANIZATION(
            404,
            "Other operations on an organization document 404.",
            "GET /organizations/{organization_id}/memberships",
            "GET /organizations/{organization_id}/domains");

    private final int status;
    private final String reason;
    private final List<String> operations;

    /**
     * Declares a status.
     *
     * @param operations the operations whose specification lacks the status; none means all operations
     */
    DocumentedGap(int status, String reason, String... operations) {
        this.status = status;
        this.reason = reason;
        this.operations = List.of(operations);
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    /** The operations whose specification lacks the status; empty for all operations. */
    public List<String> operations() {
        return operations;
    }

    static boolean covers(String operation, String violation) {
        for (DocumentedGap gap : values()) {
            if (violation.equals("status " + gap.status + " is not documented")
                    && (gap.operations.isEmpty() || gap.operations.contains(operation))) {
                return true;
            }
        }
        return false;
    }
}
