package io.github.bellhop.simulator.http;

/**
 * Answers the requests under one path prefix. Several threads may call it at once.
 *
 * @hidden
 */
public interface Api {
    /** The prefix of the API's paths, such as {@code /v1}, without a trailing slash. */
    String prefix();

    /**
     * Answers one request in the API's own format.
     *
     * @param request the request; its path excludes the prefix
     */
    ApiResponse handle(ApiRequest request);

    /** Returns an error, in the API's own format, for a request that the server rejects before the API sees it. */
    ApiResponse refusal(int status, String detail);
}
