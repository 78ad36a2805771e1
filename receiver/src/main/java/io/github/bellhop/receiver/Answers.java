package io.github.bellhop.receiver;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.receiver.Outcome.Acknowledged;
import io.github.bellhop.sync.inbox.Intake;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes and counts answers: JSON for accepted deliveries, problem details (RFC 9457) for refused ones. */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final byte[] KEPT = "{\"result\":\"kept\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KNOWN = "{\"result\":\"known\"}".getBytes(StandardCharsets.US_ASCII);

    private final ReceiverSettings settings;
    private final MeterRegistry registry;
    private final SourceGate gate;
    private final Intake intake;
    private final Counter kept;
    private final Counter known;
    private final QuietLog refusals = new QuietLog(log);

    Answers(ReceiverSettings settings, MeterRegistry registry, SourceGate gate, Intake intake) {
        this.settings = settings;
        this.intake = intake;
        this.gate = gate;
        this.registry = registry;
        kept = counter(200, "kept");
        known = counter(200, "known");
    }

    /**
     * Writes the answer and ends the exchange.
     *
     * @param bodyUnread whether part of the body is still unread; the connection then cannot be reused
     */
    void send(AsyncContext context, Outcome outcome, boolean bodyUnread) throws IOException {
        HttpServletRequest request = (HttpServletRequest) context.getRequest();
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        try {
            if (bodyUnread) {
                response.setHeader("Connection", "close");
            }
            byte[] body = outcome.fold(
                    acknowledged -> acknowledge(request, response, acknowledged),
                    refusal -> refuse(request, response, refusal));
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } finally {
            context.complete();
        }
    }

    private byte[] acknowledge(HttpServletRequest request, HttpServletResponse response, Acknowledged how) {
        Counter counter = switch (how) {
            case KEPT -> kept;
            case KNOWN -> known;
            case PROBED -> counter(200, "probe");
        };
        counter.increment();
        response.setStatus(200);
        response.setContentType("application/json");
        return switch (how) {
            case KEPT -> KEPT;
            case KNOWN -> KNOWN;
            case PROBED -> gate.sight(request).json();
        };
    }

    private byte[] refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
        if (!ProbeAnswer.isByDoctor(request)) {
            intake.refused(refusal.reason());
        }
        counter(refusal.status(), refusal.reason()).increment();
        refusals.info(refusal.status() + " " + refusal.reason());
        if (refusal.status() == 503) {
            response.setHeader(
                    "Retry-After", Long.toString(settings.retryAfter().toSeconds()));
        }
        if (refusal.status() == 405) {
            response.setHeader("Allow", "POST");
        }
        response.setStatus(refusal.status());
        response.setContentType("application/problem+json");
        return problem(refusal);
    }

    private Counter counter(int status, String reason) {
        return Counter.builder("bellhop.deliveries")
                .description("Deliveries by status and reason of the answer")
                .tags("status", Integer.toString(status), "reason", reason)
                .register(registry);
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
