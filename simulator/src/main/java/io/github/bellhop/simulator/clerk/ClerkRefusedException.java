package io.github.bellhop.simulator.clerk;

import io.github.bellhop.BellhopException;
import org.jspecify.annotations.Nullable;

/** What Clerk would refuse, with its status and its code; nothing has changed. */
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

    /** A refusal that is about no single parameter. */
    public static ClerkRefusedException of(int status, String clerkCode, String shortMessage, String message) {
        return new ClerkRefusedException(status, clerkCode, null, shortMessage, message);
    }

    /** 404: there is no such thing, or no more. */
    public static ClerkRefusedException notFound(String what, String id) {
        return of(404, "resource_not_found", "not found", "No " + what + " was found with id " + id + ".");
    }

    /** 422: a parameter that has to be there is not. */
    public static ClerkRefusedException missing(String parameter) {
        return about(parameter, "form_param_missing", "is missing", parameter + " must be included.");
    }

    /** 422: a parameter has a value that it cannot have; the message says which it can. */
    public static ClerkRefusedException invalid(String parameter, String message) {
        return about(parameter, "form_param_format_invalid", "is invalid", message);
    }

    /** 422: there is no such parameter. */
    public static ClerkRefusedException unknown(String parameter) {
        return about(
                parameter,
                "form_param_unknown",
                "is unknown",
                parameter + " is not a valid parameter for this request.");
    }

    /** 422: another has this value, which only one can have. */
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

    /** Clerk's own name of the error, such as {@code form_identifier_exists}. */
    public String clerkCode() {
        return clerkCode;
    }

    /** The error in a few words; {@link #getMessage()} has the whole sentence. */
    public String shortMessage() {
        return shortMessage;
    }

    /** The parameter that it is about; null when it is about none. */
    public @Nullable String parameter() {
        return parameter;
    }
}
