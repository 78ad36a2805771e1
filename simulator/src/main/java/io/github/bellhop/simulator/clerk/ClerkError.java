package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;

/**
 * The errors that the simulator answers with. Their HTTP statuses, codes and short messages come from <a
 * href="https://clerk.com/docs/guides/development/errors/backend-api">Clerk's page on Backend API errors</a> unless a
 * comment says otherwise.
 */
public enum ClerkError {
    /** No credentials. */
    AUTHENTICATION_INVALID(401, "authentication_invalid", "Invalid authentication"),
    /** Credentials that do not have the form {@code Bearer KEY}. */
    AUTHORIZATION_FORMAT(401, "authorization_header_format_invalid", "Invalid Authorization header format"),
    /** A wrong secret key. */
    KEY_INVALID(
            401,
            "clerk_key_invalid",
            "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct."),
    /** Too many requests. Clerk documents the code only on the page on Frontend API errors. */
    TOO_MANY_REQUESTS(429, "too_many_requests", "Too many requests. Please try again in a bit."),
    /** An unknown API version. The code is not documented. */
    API_VERSION(400, "api_version_invalid", "invalid API version"),
    /** A body whose content type is not JSON. */
    CONTENT_TYPE(415, "unsupported_content_type", "Content-Type is unsupported"),
    /** A body that is not the expected JSON. */
    BODY_INVALID(400, "request_body_invalid", "Request body invalid"),
    /** A body that is too long. */
    BODY_TOO_LARGE(413, "request_body_too_large", "Request body too large"),
    /** A bulk request with too many elements. */
    BULK_SIZE(400, "bulk_size_exceeded", "bulk size exceeded"),
    /** None of the required query parameters is given. */
    QUERY_MISSING(400, "missing_query_parameter", "Missing query parameter"),
    /** The entity in the path, or one that the body refers to, does not exist. */
    NOT_FOUND(404, "resource_not_found", "not found"),
    /** An entity in a state that does not allow the change. */
    CONFLICT(409, "conflict", "Conflict"),
    /** The simulator does not support this. The code is the simulator's own. */
    NOT_SIMULATED(501, "not_simulated", "not simulated"),

    /** A required parameter is missing. */
    PARAM_MISSING(422, "form_param_missing", "is missing"),
    /** A required parameter is null. */
    PARAM_NIL(422, "form_param_nil", "is null"),
    /** A parameter that the operation does not have. */
    PARAM_UNKNOWN(422, "form_param_unknown", "is unknown"),
    /** A value of the wrong JSON type. */
    TYPE_INVALID(422, "form_param_type_invalid", "is invalid"),
    /** A value in the wrong format, such as an e-mail address without a domain. */
    FORMAT_INVALID(422, "form_param_format_invalid", "is invalid"),
    /** A value that is not one of the allowed ones. */
    VALUE_INVALID(422, "form_param_value_invalid", "is invalid"),
    /** A number above its maximum. */
    VALUE_TOO_LARGE(422, "form_param_value_too_large", "Value too large"),
    /** A time that is not in RFC 3339 format. */
    TIME_INVALID(422, "form_param_invalid_time", "invalid format"),
    /** A time in a filter that is not in milliseconds. */
    DATE_INVALID(422, "form_param_invalid_date", "Date values must be given in Unix millisecond timestamp format."),
    /** A string that is too long. */
    MAX_LENGTH(422, "form_param_max_length_exceeded", "exceeds maximum length"),
    /** An object, such as metadata, that is too large. */
    SIZE(422, "form_param_exceeds_allowed_size", "exceeds allowed size"),
    /** A parameter with too many values. */
    ARRAY_SIZE(422, "form_param_array_size_exceeded", "exceeds maximum size"),
    /** The same value twice in one parameter. */
    DUPLICATE(422, "form_param_duplicate", "duplicate values"),
    /** A parameter without another parameter that it requires. */
    CONDITIONAL_MISSING(422, "form_conditional_param_missing", "is missing"),
    /** A parameter that must not be combined with another one. */
    CONDITIONAL_DISALLOWED(422, "form_conditional_param_disallowed", "is not allowed"),
    /** A parameter that refers to something the user or the list does not contain. */
    RESOURCE_MISSING(422, "form_resource_not_found", "is missing"),
    /** An identifier that belongs to another entity. */
    IDENTIFIER_EXISTS(422, "form_identifier_exists", "already exists"),
    /** A user without any identifier. */
    DATA_MISSING(422, "form_data_missing", "missing data"),
    /** A primary identifier that is not verified. */
    VERIFICATION_NEEDED(422, "form_verification_needed", "is unverified"),
    /** A password that is too short. */
    PASSWORD_TOO_SHORT(422, "form_password_length_too_short", "is too short"),
    /** A password that is too long. */
    PASSWORD_TOO_LONG(422, "form_password_length_too_long", "is too long"),
    /** A digest that its hasher does not produce. */
    DIGEST_INVALID(422, "form_password_digest_invalid_code", "is invalid"),
    /** A secret that is not in base32. */
    TOTP_INVALID(422, "invalid_totp_secret_code", "invalid TOTP secret"),
    /** A username with characters other than letters, digits, underscores, dashes and dots. */
    USERNAME_CHARACTER(422, "form_username_invalid_character", "is invalid"),
    /** A username that is too long. */
    USERNAME_LENGTH(422, "form_username_invalid_length", "is invalid"),
    /** A username that consists only of digits. */
    USERNAME_NUMBER(422, "form_username_needs_non_number_char", "is invalid"),
    /** A username that could be a phone number. */
    USERNAME_PHONE(422, "form_username_cannot_be_phone_number", "is invalid"),

    /** An e-mail address that a linked account verified. */
    LINKED(400, "delete_linked_identification_disallowed", "Deleting a linked email address is not allowed"),
    /** A new second factor that is not verified. */
    SECOND_FACTOR_CREATE(400, "identification_create_second_factor_unverified", "Create failed"),
    /** A second factor that is not verified. */
    SECOND_FACTOR_UPDATE(400, "identification_update_second_factor_unverified", "Update failed"),
    /** The use of the user's only identifier as a second factor. */
    LAST_IDENTIFICATION(400, "identification_update_failed", "Update failed"),
    /** A banned user. */
    USER_BANNED(403, "user_banned", "User banned"),
    /** A locked user. Clerk documents the code only on the page on Frontend API errors. */
    USER_LOCKED(403, "user_locked", "User locked"),
    /** A user whom the identity provider has removed. */
    DEPROVISIONED(400, "deprovisioned", "account deprovisioned"),

    /** The creator of the organization does not exist. */
    CREATOR_NOT_FOUND(400, "organization_creator_not_found", "creator not found"),
    /** A member who is added or invited again. */
    ALREADY_MEMBER(400, "already_a_member_in_organization", "already a member"),
    /** A user who acts for an organization without being a member. */
    NOT_A_MEMBER(403, "not_a_member_in_organization", "not a member"),
    /** A member without the permission for the action. */
    PERMISSION_MISSING(403, "missing_organization_permission", "missing permission"),
    /** The last member who can administer the organization. */
    MINIMUM_PERMISSIONS(400, "organization_minimum_permissions_needed", "minimum organization permissions needed"),
    /** The organization has no seats left. */
    MEMBERSHIP_QUOTA(403, "organization_membership_quota_exceeded", "organization membership quota exceeded"),
    /** A pending invitation to the same address. */
    INVITATION_NOT_UNIQUE(400, "organization_invitation_not_unique", "organization invitation not unique"),
    /** An invitation that is not pending. The code is not documented. */
    INVITATION_NOT_PENDING(400, "organization_invitation_not_pending", "not pending"),
    /** A pending application invitation to the same address. */
    INVITATION_EXISTS(400, "duplicate_record", "duplicate invitation"),
    /** A domain that already belongs to an organization. */
    DOMAIN_EXISTS(422, "organization_domain_already_exists", "organization domain already exists"),
    /** The domain of an e-mail provider. */
    DOMAIN_COMMON(422, "organization_domain_common", "common email domain"),
    /** The domain of a provider of disposable e-mail addresses. */
    DOMAIN_BLOCKED(422, "organization_domain_blocked", "blocked email domain"),
    /** A role that members have. */
    ROLE_ASSIGNED(422, "organization_role_assigned_members", "role is assigned to organization members"),
    /** A role that pending invitations refer to. */
    ROLE_INVITED(422, "organization_role_exists_in_invitations", "role exists in pending organization invitations"),
    /** The role for creators of organizations. */
    ROLE_OF_CREATORS(422, "organization_role_default_creator_role", "role is used as the creator role"),
    /** The role for members who join through their domain. */
    ROLE_OF_DOMAINS(422, "organization_role_domain_default_role", "role is used as the domain default role"),
    /** A role for creators of organizations that lacks a required permission. */
    CREATOR_PERMISSIONS(422, "organization_missing_creator_role_permissions", "missing permissions for creator role"),
    /** A permission that the role already has. */
    PERMISSION_ASSIGNED(409, "organization_role_permission_association_exists", "permission already assigned to role"),
    /** A change to a system permission. */
    SYSTEM_PERMISSION(
            403, "organization_system_permission_not_modifiable", "organization system permission cannot be modified"),
    /** A subscription item that does not exist. */
    ITEM_NOT_FOUND(404, "subscription_item_not_found", "Subscription item not found");

    private final int status;
    private final String code;
    private final String shortMessage;

    ClerkError(int status, String code, String shortMessage) {
        this.status = status;
        this.code = code;
        this.shortMessage = shortMessage;
    }

    /** Returns the exception for a request with this error. */
    public ClerkRefusedException because(String message) {
        return of(null, message);
    }

    /** Returns the exception for a parameter with this error. */
    public ClerkRefusedException of(@Nullable String parameter, String message) {
        return new ClerkRefusedException(status, code, parameter, shortMessage, message);
    }
}
