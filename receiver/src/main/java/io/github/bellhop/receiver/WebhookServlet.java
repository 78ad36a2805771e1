package io.github.bellhop.receiver;

import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.inbox.Intake;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives deliveries in any Jakarta Servlet 6.0 container. Register it with asynchronous support at exactly one path.
 * No container thread waits for a body or for the database.
 *
 * <p>A delivery passes these checks and steps, cheapest first: method, content type, declared length, source address,
 * signature headers, body, signature, envelope, intake. The answer is 200 only after the message is durable. A delivery
 * from an address that is not allowed is refused, unless it is a signed probe: the probe's answer helps to find an
 * untrusted proxy.
 */
public final class WebhookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final @Nullable String path;
    private final transient SourceGate gate;
    private final transient SignatureVerifier verifier;
    private final transient ReceiverSettings settings;
    private final transient Reception reception;

    /**
     * Creates a servlet that submits messages to an intake.
     *
     * @param path the only path that accepts deliveries, if the servlet is mapped to {@code /}; all others get 404.
     *             Null if the servlet is mapped to exactly one path
     */
    public WebhookServlet(
            @Nullable String path,
            Intake intake,
            SignatureVerifier verifier,
            SourceGate gate,
            ReceiverSettings settings,
            MeterRegistry registry) {
        this.path = path;
        this.gate = gate;
        this.verifier = verifier;
        this.settings = settings;
        BodyBudget budget = new BodyBudget(settings.budgetBytes());
        Gauge.builder("bellhop.budget.used", budget, BodyBudget::used)
                .baseUnit("bytes")
                .description("Body bytes in flight and queued")
                .register(registry);
        reception = new Reception(
                intake,
                verifier,
                settings,
                budget,
                new Answers(settings, registry, gate, intake),
                new Deadlines("bellhop-deadlines"));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Admission admission = admit(request);
        AsyncContext context = request.startAsync(request, response);
        // Only a fallback: the deadlines answer earlier.
        context.setTimeout(2 * settings.answerTimeout().toMillis());
        new Delivery(reception, context, request, admission).start();
    }

    private Admission admit(HttpServletRequest request) {
        return refusalByRequestLine(request)
                .<Admission>map(Admission.Refused::new)
                .orElseGet(() -> admitBySource(request));
    }

    private Admission admitBySource(HttpServletRequest request) {
        Optional<Refusal> closed = gate.check(request);
        if (closed.isPresent() && !ProbeAnswer.isLikely(request)) {
            return new Admission.Refused(closed.get());
        }
        return verifier.checkHeaders(name -> Collections.list(request.getHeaders(name)))
                .fold(
                        headers -> new Admission.Admitted(headers, closed),
                        implausible -> new Admission.Refused(closed.orElseGet(() -> Refusal.of(implausible))));
    }

    private Optional<Refusal> refusalByRequestLine(HttpServletRequest request) {
        boolean elsewhere = path == null
                ? request.getPathInfo() != null
                : !request.getRequestURI().equals(path);
        if (elsewhere) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        if (!request.getMethod().equals("POST")) {
            return Optional.of(Refusal.NOT_POST);
        }
        if (!isJson(request.getContentType())) {
            return Optional.of(Refusal.NOT_JSON);
        }
        return request.getContentLengthLong() > settings.maxBodyBytes()
                ? Optional.of(Refusal.tooLarge(settings.maxBodyBytes()))
                : Optional.empty();
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    @Override
    public void destroy() {
        reception.deadlines().close();
    }
}
