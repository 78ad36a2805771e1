package io.github.bellhop.receiver;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.sync.Intake.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes answers and counts them: JSON for what was taken, problem details (RFC 9457) for what was not. */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final byte[] KEPT = "{\"result\":\"kept\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KNOWN = "{\"result\":\"known\"}".getBytes(StandardCharsets.US_ASCII);

    private final ReceiverSettings settings;
    private final MeterRegistry registry;
    private final SourceGate gate;
    private final Counter kept;
    private final Counter known;
    private final QuietLog refusals = new QuietLog(log);

    Answers(ReceiverSettings settings, MeterRegistry registry, SourceGate gate) {
        this.settings = settings;
        this.gate = gate;
        this.registry = registry;
        kept = counter(200, "kept");
        known = counter(200, "known");
    }

    /**
     * Gives the answer: the refusal if there is one, else the receipt, and without that the answer to a probe.
     *
     * @param bodyUnread whether some of the body is still to come: then nothing else can come on this connection
     */
    void give(AsyncContext context, @Nullable Refusal refusal, @Nullable Receipt receipt, boolean bodyUnread)
            throws IOException {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        try {
            if (bodyUnread) {
                response.setHeader("Connection", "close");
            }
            if (refusal != null) {
                refuse(response, refusal);
            } else if (receipt == null) {
                counter(200, "probe").increment();
                write(response, 200, "application/json", probe(context));
            } else if (receipt == Receipt.KNOWN) {
                known.increment();
                write(response, 200, "application/json", KNOWN);
            } else {
                kept.increment();
                write(response, 200, "application/json", KEPT);
            }
        } finally {
            context.complete();
        }
    }

    private byte[] probe(AsyncContext context) {
        return gate.sight((HttpServletRequest) context.getRequest()).json();
    }

    private void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        counter(refusal.status(), refusal.reason()).increment();
        refusals.info(refusal.status() + " " + refusal.reason());
        if (refusal.status() == 503) {
            response.setHeader(
                    "Retry-After", Long.toString(settings.retryAfter().toSeconds()));
        }
        if (refusal.status() == 405) {
            response.setHeader("Allow", "POST");
        }
        write(response, refusal.status(), "application/problem+json", problem(refusal));
    }

    private Counter counter(int status, String reason) {
        return registry.counter("bellhop.deliveries", "status", Integer.toString(status), "reason", reason);
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] problem(Refusal refusal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", refusal.reason().replace('-', ' '));
            json.writeNumberProperty("status", refusal.status());
            json.writeStringProperty("reason", refusal.reason());
            json.writeStringProperty("detail", refusal.detail());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
