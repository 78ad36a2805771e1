package io.github.bellhop.simulator.delivery;

import java.util.Map;

/**
 * A complete response.
 *
 * @param status        the HTTP status
 * @param headers       the first value of each header, by lower-case name
 * @param text          the beginning of the body
 * @param isConnectionOpen whether the server accepts another request on the same connection
 */
record HttpResponse(int status, Map<String, String> headers, String text, boolean isConnectionOpen) {}
