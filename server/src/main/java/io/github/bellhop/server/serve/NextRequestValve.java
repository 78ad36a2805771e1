package io.github.bellhop.server.serve;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Closes a connection after the answer if its next request would hold a thread at the expense of other clients.
 *
 * <p>If the next request has already arrived, the client uses pipelining, which no sender of webhooks does. A thread
 * would work on such a connection for as long as requests arrive. If the body was not read, Tomcat would first read the
 * rest of it, on a thread that waits for the client. Deliveries are exempt: they are processed asynchronously, and the
 * receiver reads their bodies.
 */
final class NextRequestValve extends ValveBase {
    NextRequestValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (response.getStatus() >= 400) {
            // Tomcat could not read the headers, and closes the connection.
            getNext().invoke(request, response);
            return;
        }
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        long length = Math.max(0, request.getContentLengthLong());
        if (!chunked && bufferedBytes(request) > length) {
            response.setHeader("Connection", "close");
        }
        getNext().invoke(request, response);
        if ((chunked || length > 0) && !request.isAsync()) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Returns the number of bytes that were read from the socket after the headers. */
    private static int bufferedBytes(Request request) {
        return request.getCoyoteRequest().getInputBuffer() instanceof ApplicationBufferHandler input
                ? input.getByteBuffer().remaining()
                : 0;
    }
}
