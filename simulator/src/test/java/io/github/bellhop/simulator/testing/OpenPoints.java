package io.github.bellhop.simulator.testing;

import java.util.stream.Collectors;

/** What Clerk's and Svix's documents leave open about their APIs, and what the simulator does in those cases. */
public final class OpenPoints {
    private static final String POINTS = """
            ## Where Clerk's documents leave it open

            The simulator answers the errors that Clerk documents; `DocumentedErrorsTest` has a line for each. Its sources are the published
            specification and [Clerk's page about errors](https://clerk.com/docs/guides/development/errors/backend-api). Where they
            disagree or say nothing, the simulator does this:

            | subject | what the documents say | what the simulator does |
            |---|---|---|
            | an unknown value of a filter | the page about errors: 400 `invalid_query_parameter_value`; most lists document 422 and not 400 | 422 `form_param_value_invalid` |
            | a value of another JSON type | two errors fit: `form_param_type_invalid`, and `form_param_value_invalid` for a body that cannot be parsed | 422 `form_param_type_invalid` |
            | a limit, an offset or an order that is not possible | no code | 422 `form_param_value_too_large` above the maximum, `form_param_value_invalid` otherwise |
            | an unknown query parameter | nothing | 501 `not_simulated`, so that no client mistakes a list for a filtered one |
            | an unknown API version | no code | 400 `api_version_invalid` |
            | no `Content-Type` with a body | nothing | the body is read as JSON |
            | an empty bulk request | at least one element, no code | 400 `request_body_invalid` |
            | the size of metadata | 8 KB | 8,192 bytes of compact JSON for each kind of metadata, after the merge |
            | the last administrator | 400 `organization_minimum_permissions_needed`, without the permissions; the operations document 422 and not 400 | 400, if no other member has the permissions that Clerk requires of the creator role |
            | a member as inviter or revoker | must be an administrator, no code | 403 `not_a_member_in_organization` or `missing_organization_permission` |
            | the quota of an organization | includes pending invitations | the same; an accepted invitation uses its own seat |
            | revoking an invitation that is not pending | no code | 400 `organization_invitation_not_pending` |
            | a domain that the same organization has | the error is about another organization | the same error, 422 `organization_domain_already_exists` |
            | common and blocked providers of mailboxes | their lists are not published | short lists of the largest ones |
            | a role that invitations name | the specification: any invitation; the page about errors: pending ones | pending ones |
            | removing a permission that the role does not have | no error | 404 `resource_not_found` |
            | a waitlist entry in the wrong state | only a pending entry is deleted; 409 without a code | 409 `conflict` for deleting an entry that is not pending, and for inviting or rejecting a completed one |
            | a primary identifier that is unknown or unverified | must be verified and present, no code | 422 `form_resource_not_found`, `form_verification_needed` |
            | length and characters of a username | the instance's settings decide | up to 64 letters, digits, dots, dashes and underscores, with no minimum |
            | passwords | at least 8 characters, not in a list of hacked passwords | 8 to 72 characters; no list |
            | password digests | each hasher has a format | the format is checked for `bcrypt`, `argon2i`, `argon2id`, `md5` and `sha256` |
            | `skip_password_requirement`, `skip_restriction_checks`, `skip_legal_checks` | skip a check of the instance | accepted; a simulated instance never makes these checks |
            | `notify` | true by default: an e-mail is sent; nothing about its event | `email.created` with the name of Clerk's template, only if the request says `true`; its text is invented |
            | `notify_primary_email_address_changed` | the former address is notified | `email.created` with the slug `primary_email_address_changed`; its text is invented |
            | `paginated=false` of the billing lists | the results are not paginated, in a shape that is not documented | 501 |
            | `query` of subscription items | nothing | the item's id, plan name and slug, and payer name and e-mail address |
            | `status=pending` of sessions | not in the list of values; Clerk's own client has it | accepted |
            | wrong parameters of a bulk ban | 400, and no 404 or 422 | 400 `request_body_invalid`, 400 `resource_not_found` for an unknown user |
            | removing second factors that a user does not have | 404 for an unknown user only | 200, and no event |
            | when two-step sign-in ends | nothing | with the last authenticator app or phone number; backup codes alone do not count |
            | an image of another type | four types are supported, no code | 400 `image_type_not_supported`; files up to 2 MiB, not 10 MB |
            | verification codes | no number of attempts | the third wrong code fails the verification; codes are valid for ten minutes |
            | an organization or member that a role set changes | nothing | `organization.updated`, `organizationMembership.updated` |
            | a replaced role set | organizations are migrated, in the background if they are many | at once; no migration is shown |
            | statements | nothing about attempts | a new attempt after a failed one is for the same statement; a paid one closes it |
            | credits below zero, and a repeated key with other values | 409 and 422, without codes | 422 `form_param_value_invalid`, 409 `conflict` |
            | a Svix app that exists already, or is missing | 400, no code | 400 `svix_app_exists`, `svix_app_missing` |
            | the settings of an instance | no operation shows most of them | `allowed_origins` and the restrictions are stored and shown; others are answered 501 |
            | `requires_password_reset` of users | in the text of an operation, but in no schema; in real deliveries since January 2026 | in events and answers; `true` while the password is compromised |
            | `logo_url` of organizations | deprecated, in the answer to an uploaded logo only; in real deliveries, null | in events and answers: null, or the URL of an uploaded logo |
            | `public_organization_data` of invitations | the specification puts it one level too deep in events, and leaves it out of most answers; Clerk's own client has it | in events and answers, in the invitation itself |

            A status that an operation's specification does not list:

            | status | why | operations |
            |---|---|---|
            """;

    private static final String SVIX = """

            ## Where Svix's documents leave it open

            | subject | what the documents say | what the simulator does |
            |---|---|---|
            | canceled attempts | they appear after the messages of an endpoint were canceled | also after an endpoint was disabled or deleted, and for a deleted payload |
            | the order of background tasks | can be chosen, no default | the newest first |
            | endpoints at Svix Play | no definition | the host is `play.svix.com`, or ends in `.play.svix.com` |
            | an unknown query parameter | nothing | 501 `not_simulated` for a GET |
            """;

    private OpenPoints() {}

    /** The sections of the page. */
    public static String sections() {
        StringBuilder section = new StringBuilder(POINTS);
        for (DocumentedGap gap : DocumentedGap.values()) {
            String operations = gap.operations().isEmpty()
                    ? "all"
                    : gap.operations().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            section.append("| %d | %s | %s |%n".formatted(gap.status(), gap.reason(), operations));
        }
        return section.append(SVIX).toString();
    }
}
