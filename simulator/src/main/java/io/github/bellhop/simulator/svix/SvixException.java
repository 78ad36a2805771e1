package io.github.bellhop.simulator.svix;

import io.github.bellhop.BellhopException;
import java.util.List;

/** What Svix's API refuses, with the status and the words that it answers. */
public final class SvixException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** The HTTP status. */
    private final int status;

    /** Of a 422: where in the request the mistake is. */
    private final List<String> location;

    private SvixException(int status, String code, String detail, List<String> location) {
        super(code, detail, null);
        this.status = status;
        this.location = location;
    }

    /** 404: there is no such thing. */
    public static SvixException notFound(String detail) {
        return new SvixException(404, "not_found", detail, List.of());
    }

    /** 409: it is there already. */
    public static SvixException conflict(String detail) {
        return new SvixException(409, "conflict", detail, List.of());
    }

    /** 400: it cannot be done. */
    public static SvixException badRequest(String code, String detail) {
        return new SvixException(400, code, detail, List.of());
    }

    /** 413: it is too much. */
    public static SvixException tooLarge(String detail) {
        return new SvixException(413, "payload_too_large", detail, List.of());
    }

    /** 422: a value of the body cannot be used. */
    public static SvixException invalid(String field, String detail) {
        return new SvixException(422, "value_error", detail, List.of("body", field));
    }

    /** 422: a value of the query cannot be used. */
    public static SvixException invalidQuery(String parameter, String detail) {
        return new SvixException(422, "value_error", detail, List.of("query", parameter));
    }

    /** 422: the body is no JSON object. */
    public static SvixException noJson(String detail) {
        return new SvixException(422, "value_error.jsondecode", detail, List.of("body"));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Of a 422: where in the request the mistake is, from {@code body} or {@code query} on; otherwise empty. */
    public List<String> location() {
        return location;
    }
}
