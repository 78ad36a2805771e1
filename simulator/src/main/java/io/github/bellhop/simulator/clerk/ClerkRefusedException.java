package io.github.bellhop.simulator.clerk;

import io.github.bellhop.BellhopException;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a request that Clerk would reject, with Clerk's HTTP status and error code. The request has changed
 * nothing.
 */
public final class ClerkRefusedException extends BellhopException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String clerkCode;
    private final String shortMessage;
    private final @Nullable String parameter;

    ClerkRefusedException(
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

    /** 501: the simulator does not support this, whether or not Clerk does. */
    public static ClerkRefusedException notSimulated(String detail) {
        return ClerkError.NOT_SIMULATED.because(detail);
    }

    /** 404: the entity does not exist, or no longer exists. */
    public static ClerkRefusedException notFound(String what, String id) {
        return ClerkError.NOT_FOUND.because("No " + what + " was found with id " + id + ".");
    }

    /** 422: a required parameter is missing. */
    public static ClerkRefusedException missing(String parameter) {
        return ClerkError.PARAM_MISSING.of(parameter, parameter + " must be included.");
    }

    /** 422: a parameter's value is in the wrong format; the message describes the right one. */
    public static ClerkRefusedException invalid(String parameter, String message) {
        return ClerkError.FORMAT_INVALID.of(parameter, message);
    }

    /** 422: a parameter's value is not one of the allowed values. */
    public static ClerkRefusedException notAllowed(String parameter, String value, Collection<String> allowed) {
        return ClerkError.VALUE_INVALID.of(
                parameter,
                value + " does not match the allowed values for parameter " + parameter + ". Allowed values: "
                        + String.join(", ", new TreeSet<>(allowed)) + ".");
    }

    /** 422: unknown parameter. */
    public static ClerkRefusedException unknown(String parameter) {
        return ClerkError.PARAM_UNKNOWN.of(parameter, parameter + " is not a valid parameter for this request.");
    }

    /** 422: the value must be unique and is already in use. */
    public static ClerkRefusedException taken(String parameter) {
        return ClerkError.IDENTIFIER_EXISTS.of(
                parameter, "That " + parameter.replace('_', ' ') + " is taken. Please try another.");
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

    /** The parameter that the error is about; null if it is not about a parameter. */
    public @Nullable String parameter() {
        return parameter;
    }
}
