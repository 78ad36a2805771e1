package io.github.bellhop.receiver;

import io.github.bellhop.address.AddressList;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits or refuses deliveries by the sender's address. Safe for concurrent use. */
public final class SourceGate {
    private static final Logger log = LoggerFactory.getLogger(SourceGate.class);

    private final AllowlistMode mode;
    private final ClientAddress clientAddress;
    private final Supplier<AddressList> allowed;
    private final MeterRegistry registry;

    /**
     * Creates a gate.
     *
     * @param allowed supplies the current list
     */
    public SourceGate(
            AllowlistMode mode, ClientAddress clientAddress, Supplier<AddressList> allowed, MeterRegistry registry) {
        this.mode = mode;
        this.clientAddress = clientAddress;
        this.allowed = allowed;
        this.registry = registry;
    }

    /** Creates a gate that admits every sender. */
    public static SourceGate open(MeterRegistry registry) {
        return new SourceGate(AllowlistMode.OFF, ClientAddress.DIRECT, () -> AddressList.SVIX, registry);
    }

    /** Returns what the gate knows about the sender of a request. */
    ProbeAnswer sight(HttpServletRequest request) {
        InetAddress address = clientAddress.of(request);
        return new ProbeAnswer(
                mode.name().toLowerCase(Locale.ROOT),
                request.getRemoteAddr(),
                address == null ? null : address.getHostAddress(),
                address != null && allowed.get().contains(address),
                ProbeAnswer.FORWARDING.stream()
                        .filter(name -> request.getHeader(name) != null)
                        .toList());
    }

    /** Returns the reason for refusing a delivery; empty if the gate admits it. */
    Optional<Refusal> check(HttpServletRequest request) {
        if (mode == AllowlistMode.OFF) {
            return Optional.empty();
        }
        InetAddress address = clientAddress.of(request);
        if (address != null && allowed.get().contains(address)) {
            return Optional.empty();
        }
        String seen = address == null ? "no usable address" : address.getHostAddress();
        Counter.builder("bellhop.source.foreign")
                .description("Deliveries from addresses that are not Svix's")
                .tag("mode", mode == AllowlistMode.ENFORCE ? "enforce" : "observe")
                .register(registry)
                .increment();
        log.debug("A delivery came from an address that is not Svix's: {}", seen);
        return mode == AllowlistMode.ENFORCE ? Optional.of(Refusal.SOURCE_NOT_ALLOWED) : Optional.empty();
    }
}
