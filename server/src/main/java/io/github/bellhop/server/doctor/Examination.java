package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.net.URI;
import java.time.InstantSource;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What to examine.
 *
 * @param environment the environment that the program would run in
 * @param url         the URL of the receiver; null for the program on this machine
 * @param proxy       the proxy in front of the receiver; null to detect it
 * @param entityId    a user or an organization to look for, or null
 * @param clock       this machine's clock
 * @param trust       decides which certificates are trusted; null for Java's trust store
 */
public record Examination(
        ProgramEnvironment environment,
        @Nullable URI url,
        @Nullable Proxy proxy,
        @Nullable String entityId,
        InstantSource clock,
        @Nullable X509TrustManager trust) {
    /** Creates an examination that looks for no entity and uses Java's trust store. */
    public Examination(ProgramEnvironment environment, @Nullable URI url, @Nullable Proxy proxy, InstantSource clock) {
        this(environment, url, proxy, null, clock, null);
    }

    /** Returns a copy with this entity. */
    public Examination of(@Nullable String id) {
        return new Examination(environment, url, proxy, id, clock, trust);
    }

    /** Returns a copy with this trust manager. */
    public Examination trusting(X509TrustManager other) {
        return new Examination(environment, url, proxy, entityId, clock, other);
    }
}
