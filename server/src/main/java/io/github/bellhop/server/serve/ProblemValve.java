package io.github.bellhop.server.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends problem details (RFC 9457), which reveal nothing about the server, for requests that Tomcat itself rejects. */
final class ProblemValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

    private static final Map<Integer, String> REASONS = Map.of(
            400, "bad-request",
            403, "forbidden",
            404, "not-found",
            405, "method-not-allowed",
            413, "body-too-large",
            414, "uri-too-long",
            431, "headers-too-large",
            501, "not-implemented",
            503, "unavailable",
            505, "http-version-not-supported");

    ProblemValve() {
        setShowReport(false);
        setShowServerInfo(false);
        setAsyncSupported(true);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable fault) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (!response.getCoyoteResponse().isCommitted()) {
            byte[] body = problem(status);
            response.setContentType("application/problem+json");
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(body.length);
            try {
                response.getOutputStream().write(body);
                response.finishResponse();
            } catch (IOException gone) {
                log.debug(
                        "The client disconnected before the answer was sent ({})",
                        gone.getClass().getSimpleName());
            }
        }
        // The rest of a rejected request is not needed, so no thread may wait for it.
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private static byte[] problem(int status) {
        String reason = REASONS.getOrDefault(status, status < 500 ? "bad-request" : "fault");
        String detail = status < 500
                ? "This port does not accept the request."
                : "The request cannot be answered. Send it as plain HTTP/1.1.";
        return ("{\"type\":\"about:blank\",\"title\":\"" + reason.replace('-', ' ') + "\",\"status\":" + status
                        + ",\"reason\":\"" + reason + "\",\"detail\":\"" + detail + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
