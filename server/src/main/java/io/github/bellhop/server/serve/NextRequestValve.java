package io.github.bellhop.server.serve;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Closes a connection after an answer when its next request would cost others their turn.
 *
 * <p>When the next request has come already, the client pipelines, which no sender of webhooks does: a thread would work
 * on one such connection for as long as it is fed. When the body was not read, Tomcat would read the rest of it first,
 * with a thread that waits for the client; deliveries are asynchronous and read their bodies themselves.
 */
final class NextRequestValve extends ValveBase {
    NextRequestValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (response.getStatus() >= 400) {
            // Tomcat could not read the request's headers, and closes.
            getNext().invoke(request, response);
            return;
        }
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        long length = Math.max(0, request.getContentLengthLong());
        if (!chunked && arrived(request) > length) {
            response.setHeader("Connection", "close");
        }
        getNext().invoke(request, response);
        if ((chunked || length > 0) && !request.isAsync()) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** How many bytes beyond the headers have been read from the socket. */
    private static int arrived(Request request) {
        return request.getCoyoteRequest().getInputBuffer() instanceof ApplicationBufferHandler input
                ? input.getByteBuffer().remaining()
                : 0;
    }
}
