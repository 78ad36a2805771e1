package io.github.bellhop.server.feed;

import io.github.bellhop.receiver.ClientAddress;
import io.github.bellhop.server.settings.CheckedSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in those who have the listen token, and notes in the log that others came. Safe for concurrent use. */
public final class ListenGate {
    private static final Logger log = LoggerFactory.getLogger(ListenGate.class);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(10);

    private final @Nullable ListenToken token;
    private final ClientAddress clientAddress;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastNoted = new AtomicLong();

    /** The gate of these settings; without a token it is shut. */
    public ListenGate(CheckedSettings settings) {
        String text = settings.all().listen().token();
        token = text.isEmpty() ? null : new ListenToken(text);
        clientAddress = settings.clientAddress();
    }

    /** Whether nobody can have the token, since there is none. */
    boolean isShut() {
        return token == null;
    }

    /** Whether a request has the token; of those that have not, some are noted. */
    boolean admits(HttpServletRequest request) {
        if (token != null && token.isIn(request)) {
            return true;
        }
        noteRefusal(request);
        return false;
    }

    /** Not each: strangers can cause them at any rate. */
    private void noteRefusal(HttpServletRequest request) {
        long count = refused.incrementAndGet();
        long now = System.nanoTime();
        long last = lastNoted.get();
        if ((count == 1 || now - last >= BETWEEN_NOTES.toNanos()) && lastNoted.compareAndSet(last, now)) {
            log.warn("A listener from {} has a wrong token or none; {} refused so far", address(request), count);
        }
    }

    /** Where a request comes from, for the log. */
    String address(HttpServletRequest request) {
        InetAddress address = clientAddress.of(request);
        return address == null ? "an unknown address" : address.getHostAddress();
    }
}
