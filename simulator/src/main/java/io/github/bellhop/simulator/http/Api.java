package io.github.bellhop.simulator.http;

/**
 * What answers the requests below one prefix. Called by several threads at once.
 *
 * @hidden
 */
public interface Api {
    /** The beginning of its paths, such as {@code /v1}; without a slash at the end. */
    String prefix();

    /**
     * Answers one request, in the API's own shape whatever the request is.
     *
     * @param request its path is what follows the prefix
     */
    ApiResponse handle(ApiRequest request);
}
