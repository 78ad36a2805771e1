package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;

/**
 * The errors that the simulator answers, with Clerk's statuses, codes and short messages. They come from
 * <a href="https://clerk.com/docs/guides/development/errors/backend-api">Clerk's page about the errors of the Backend
 * API</a> unless a comment says otherwise.
 */
public enum ClerkError {
    /** No credentials. */
    AUTHENTICATION_INVALID(401, "authentication_invalid", "Invalid authentication"),
    /** Credentials in another form than {@code Bearer KEY}. */
    AUTHORIZATION_FORMAT(401, "authorization_header_format_invalid", "Invalid Authorization header format"),
    /** Another secret key. */
    KEY_INVALID(
            401,
            "clerk_key_invalid",
            "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct."),
    /** Too many requests. The page about the Frontend API has this code; the Backend API's has none. */
    TOO_MANY_REQUESTS(429, "too_many_requests", "Too many requests. Please try again in a bit."),
    /** An unknown API version. The code is not documented. */
    API_VERSION(400, "api_version_invalid", "invalid API version"),
    /** A body that is not JSON by its content type. */
    CONTENT_TYPE(415, "unsupported_content_type", "Content-Type is unsupported"),
    /** A body that is not the expected JSON. */
    BODY_INVALID(400, "request_body_invalid", "Request body invalid"),
    /** A body that is too long. */
    BODY_TOO_LARGE(413, "request_body_too_large", "Request body too large"),
    /** A bulk request with too many elements. */
    BULK_SIZE(400, "bulk_size_exceeded", "bulk size exceeded"),
    /** None of the required query parameters is given. */
    QUERY_MISSING(400, "missing_query_parameter", "Missing query parameter"),
    /** The entity of the path, or one that a body names, does not exist. */
    NOT_FOUND(404, "resource_not_found", "not found"),
    /** A state that does not allow the change. */
    CONFLICT(409, "conflict", "Conflict"),
    /** The simulator lacks this; the code is the simulator's own. */
    NOT_SIMULATED(501, "not_simulated", "not simulated"),

    /** A required parameter is missing. */
    PARAM_MISSING(422, "form_param_missing", "is missing"),
    /** A required parameter is null. */
    PARAM_NIL(422, "form_param_nil", "is null"),
    /** A parameter that the operation does not have. */
    PARAM_UNKNOWN(422, "form_param_unknown", "is unknown"),
    /** A value of another JSON type. */
    TYPE_INVALID(422, "form_param_type_invalid", "is invalid"),
    /** A value in another format, such as an e-mail address without a domain. */
    FORMAT_INVALID(422, "form_param_format_invalid", "is invalid"),
    /** A value that is not one of the allowed ones. */
    VALUE_INVALID(422, "form_param_value_invalid", "is invalid"),
    /** A number above its maximum. */
    VALUE_TOO_LARGE(422, "form_param_value_too_large", "Value too large"),
    /** A time that is not RFC 3339. */
    TIME_INVALID(422, "form_param_invalid_time", "invalid format"),
    /** A time of a filter that is not in milliseconds. */
    DATE_INVALID(422, "form_param_invalid_date", "Date values must be given in Unix millisecond timestamp format."),
    /** A text that is too long. */
    MAX_LENGTH(422, "form_param_max_length_exceeded", "exceeds maximum length"),
    /** An object, such as metadata, that is too long. */
    SIZE(422, "form_param_exceeds_allowed_size", "exceeds allowed size"),
    /** A parameter with too many values. */
    ARRAY_SIZE(422, "form_param_array_size_exceeded", "exceeds maximum size"),
    /** The same value twice in one parameter. */
    DUPLICATE(422, "form_param_duplicate", "duplicate values"),
    /** A parameter without the one that it goes with. */
    CONDITIONAL_MISSING(422, "form_conditional_param_missing", "is missing"),
    /** A parameter that excludes another one. */
    CONDITIONAL_DISALLOWED(422, "form_conditional_param_disallowed", "is not allowed"),
    /** A parameter names something that the user or the list does not have. */
    RESOURCE_MISSING(422, "form_resource_not_found", "is missing"),
    /** An identifier that another entity has. */
    IDENTIFIER_EXISTS(422, "form_identifier_exists", "already exists"),
    /** A user without any identifier. */
    DATA_MISSING(422, "form_data_missing", "missing data"),
    /** A primary identifier that is not verified. */
    VERIFICATION_NEEDED(422, "form_verification_needed", "is unverified"),
    /** A short password. */
    PASSWORD_TOO_SHORT(422, "form_password_length_too_short", "is too short"),
    /** A long password. */
    PASSWORD_TOO_LONG(422, "form_password_length_too_long", "is too long"),
    /** A digest that its hasher does not produce. */
    DIGEST_INVALID(422, "form_password_digest_invalid_code", "is invalid"),
    /** A secret that is not in base32. */
    TOTP_INVALID(422, "invalid_totp_secret_code", "invalid TOTP secret"),
    /** A username with other characters than letters, digits, underscores, dashes and dots. */
    USERNAME_CHARACTER(422, "form_username_invalid_character", "is invalid"),
    /** A username that is too long. */
    USERNAME_LENGTH(422, "form_username_invalid_length", "is invalid"),
    /** A username of digits only. */
    USERNAME_NUMBER(422, "form_username_needs_non_number_char", "is invalid"),
    /** A username that could be a phone number. */
    USERNAME_PHONE(422, "form_username_cannot_be_phone_number", "is invalid"),

    /** An e-mail address that a linked account verified. */
    LINKED(400, "delete_linked_identification_disallowed", "Deleting a linked email address is not allowed"),
    /** A new second factor that is not verified. */
    SECOND_FACTOR_CREATE(400, "identification_create_second_factor_unverified", "Create failed"),
    /** A second factor that is not verified. */
    SECOND_FACTOR_UPDATE(400, "identification_update_second_factor_unverified", "Update failed"),
    /** The user's only identifier as a second factor. */
    LAST_IDENTIFICATION(400, "identification_update_failed", "Update failed"),
    /** A banned user. */
    USER_BANNED(403, "user_banned", "User banned"),
    /** A locked user. The page about the Frontend API has this code; the Backend API's has none. */
    USER_LOCKED(403, "user_locked", "User locked"),
    /** A user whom the identity provider has removed. */
    DEPROVISIONED(400, "deprovisioned", "account deprovisioned"),

    /** The founder does not exist. */
    CREATOR_NOT_FOUND(400, "organization_creator_not_found", "creator not found"),
    /** A member who is added or invited again. */
    ALREADY_MEMBER(400, "already_a_member_in_organization", "already a member"),
    /** Somebody who acts for an organization without being a member. */
    NOT_A_MEMBER(403, "not_a_member_in_organization", "not a member"),
    /** A member who acts without the permission to. */
    PERMISSION_MISSING(403, "missing_organization_permission", "missing permission"),
    /** The last member who can administer the organization. */
    MINIMUM_PERMISSIONS(400, "organization_minimum_permissions_needed", "minimum organization permissions needed"),
    /** No seat is left. */
    MEMBERSHIP_QUOTA(403, "organization_membership_quota_exceeded", "organization membership quota exceeded"),
    /** A pending invitation to the same address. */
    INVITATION_NOT_UNIQUE(400, "organization_invitation_not_unique", "organization invitation not unique"),
    /** An invitation that is not pending. The code is not documented. */
    INVITATION_NOT_PENDING(400, "organization_invitation_not_pending", "not pending"),
    /** A pending application invitation to the same address. */
    INVITATION_EXISTS(400, "duplicate_record", "duplicate invitation"),
    /** A domain that an organization has. */
    DOMAIN_EXISTS(422, "organization_domain_already_exists", "organization domain already exists"),
    /** The domain of a provider of mailboxes. */
    DOMAIN_COMMON(422, "organization_domain_common", "common email domain"),
    /** The domain of a provider of disposable mailboxes. */
    DOMAIN_BLOCKED(422, "organization_domain_blocked", "blocked email domain"),
    /** A role that members have. */
    ROLE_ASSIGNED(422, "organization_role_assigned_members", "role is assigned to organization members"),
    /** A role that pending invitations name. */
    ROLE_INVITED(422, "organization_role_exists_in_invitations", "role exists in pending organization invitations"),
    /** The role of founders. */
    ROLE_OF_CREATORS(422, "organization_role_default_creator_role", "role is used as the creator role"),
    /** The role of members who join by their domain. */
    ROLE_OF_DOMAINS(422, "organization_role_domain_default_role", "role is used as the domain default role"),
    /** The role of founders without a permission that it needs. */
    CREATOR_PERMISSIONS(422, "organization_missing_creator_role_permissions", "missing permissions for creator role"),
    /** A permission that the role has. */
    PERMISSION_ASSIGNED(409, "organization_role_permission_association_exists", "permission already assigned to role"),
    /** A change to a permission that every instance has. */
    SYSTEM_PERMISSION(
            403, "organization_system_permission_not_modifiable", "organization system permission cannot be modified"),
    /** An item of a subscription that does not exist. */
    ITEM_NOT_FOUND(404, "subscription_item_not_found", "Subscription item not found");

    private final int status;
    private final String code;
    private final String shortMessage;

    ClerkError(int status, String code, String shortMessage) {
        this.status = status;
        this.code = code;
        this.shortMessage = shortMessage;
    }

    /** Returns the refusal of a request. */
    public ClerkRefusedException because(String message) {
        return of(null, message);
    }

    /** Returns the refusal of a parameter. */
    public ClerkRefusedException of(@Nullable String parameter, String message) {
        return new ClerkRefusedException(status, code, parameter, shortMessage, message);
    }
}
