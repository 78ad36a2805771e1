package io.github.bellhop.simulator.clerk;

import io.github.bellhop.BellhopException;
import org.jspecify.annotations.Nullable;

/** A request that Clerk would reject, with its HTTP status and error code. Nothing has changed. */
public final class ClerkRefusedException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String clerkCode;
    private final String shortMessage;
    private final @Nullable String parameter;

    private ClerkRefusedException(
            int status, String clerkCode, @Nullable String parameter, String shortMessage, String message) {
        super(clerkCode.replace('_', '-'), message, null);
        this.status = status;
        this.clerkCode = clerkCode;
        this.parameter = parameter;
        this.shortMessage = shortMessage;
    }

    /** An error that is not about a single parameter. */
    public static ClerkRefusedException of(int status, String clerkCode, String shortMessage, String message) {
        return new ClerkRefusedException(status, clerkCode, null, shortMessage, message);
    }

    /** 404: the entity does not exist, or no longer exists. */
    public static ClerkRefusedException notFound(String what, String id) {
        return of(404, "resource_not_found", "not found", "No " + what + " was found with id " + id + ".");
    }

    /** 422: a required parameter is missing. */
    public static ClerkRefusedException missing(String parameter) {
        return about(parameter, "form_param_missing", "is missing", parameter + " must be included.");
    }

    /** 422: a parameter has an invalid value; the message lists the valid ones. */
    public static ClerkRefusedException invalid(String parameter, String message) {
        return about(parameter, "form_param_format_invalid", "is invalid", message);
    }

    /** 422: unknown parameter. */
    public static ClerkRefusedException unknown(String parameter) {
        return about(
                parameter,
                "form_param_unknown",
                "is unknown",
                parameter + " is not a valid parameter for this request.");
    }

    /** 422: the value must be unique and is already in use. */
    public static ClerkRefusedException taken(String parameter) {
        return about(
                parameter,
                "form_identifier_exists",
                "That " + parameter.replace('_', ' ') + " is taken. Please try another.",
                "That " + parameter.replace('_', ' ') + " is taken. Please try another.");
    }

    private static ClerkRefusedException about(String parameter, String code, String shortMessage, String message) {
        return new ClerkRefusedException(422, code, parameter, shortMessage, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Clerk's error code, such as {@code form_identifier_exists}. */
    public String clerkCode() {
        return clerkCode;
    }

    /** The error in a few words; {@link #getMessage()} has the full sentence. */
    public String shortMessage() {
        return shortMessage;
    }

    /** The parameter that the error is about; null if it is not about one. */
    public @Nullable String parameter() {
        return parameter;
    }
}
