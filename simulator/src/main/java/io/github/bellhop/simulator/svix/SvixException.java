package io.github.bellhop.simulator.svix;

import io.github.bellhop.BellhopException;
import java.util.List;

/** An error that Svix's API returns, with its HTTP status and detail. */
public final class SvixException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** The HTTP status. */
    private final int status;

    /** For a 422: the invalid part of the request. */
    private final List<String> location;

    private SvixException(int status, String code, String detail, List<String> location) {
        super(code, detail, null);
        this.status = status;
        this.location = location;
    }

    /** 404: not found. */
    public static SvixException notFound(String detail) {
        return new SvixException(404, "not_found", detail, List.of());
    }

    /** 409: already exists. */
    public static SvixException conflict(String detail) {
        return new SvixException(409, "conflict", detail, List.of());
    }

    /** 400: the request cannot be carried out. */
    public static SvixException badRequest(String code, String detail) {
        return new SvixException(400, code, detail, List.of());
    }

    /** 501: the simulator does not offer the operation or parameter. */
    public static SvixException notSimulated(String detail) {
        return new SvixException(501, "not_simulated", detail, List.of());
    }

    /** 413: too large. */
    public static SvixException tooLarge(String detail) {
        return new SvixException(413, "payload_too_large", detail, List.of());
    }

    /** 422: a value in the body is invalid. */
    public static SvixException invalid(String field, String detail) {
        return new SvixException(422, "value_error", detail, List.of("body", field));
    }

    /** 422: a query parameter is invalid. */
    public static SvixException invalidQuery(String parameter, String detail) {
        return new SvixException(422, "value_error", detail, List.of("query", parameter));
    }

    /** 422: the body is not a JSON object. */
    public static SvixException noJson(String detail) {
        return new SvixException(422, "value_error.jsondecode", detail, List.of("body"));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /**
     * For a 422: the path to the invalid part of the request, starting with {@code body} or {@code query}; otherwise
     * empty.
     */
    public List<String> location() {
        return location;
    }
}
