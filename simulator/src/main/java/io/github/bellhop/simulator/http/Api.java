package io.github.bellhop.simulator.http;

/**
 * Answers the requests under one path prefix. Called by several threads at once.
 *
 * @hidden
 */
public interface Api {
    /** The prefix of its paths, such as {@code /v1}, without a trailing slash. */
    String prefix();

    /**
     * Answers one request; every answer has the API's own shape.
     *
     * @param request its path is the part after the prefix
     */
    ApiResponse handle(ApiRequest request);
}
