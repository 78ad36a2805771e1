package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.ProgramEnvironment;
import java.net.URI;
import java.time.InstantSource;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What is to be examined.
 *
 * @param environment where the program would run
 * @param url         where deliveries come in; null for the program on this machine
 * @param proxy       what stands before it; null when that is to be found out
 * @param entityId    a user or an organization to look for; null for none
 * @param clock       this machine's clock
 * @param trust       whose certificates are trusted; null for Java's own list
 */
public record Examination(
        ProgramEnvironment environment,
        @Nullable URI url,
        @Nullable Proxy proxy,
        @Nullable String entityId,
        InstantSource clock,
        @Nullable X509TrustManager trust) {
    /** An examination of all but a certain entity, with Java's own list of trust. */
    public Examination(ProgramEnvironment environment, @Nullable URI url, @Nullable Proxy proxy, InstantSource clock) {
        this(environment, url, proxy, null, clock, null);
    }

    /** The same, and of an entity. */
    public Examination of(@Nullable String id) {
        return new Examination(environment, url, proxy, id, clock, trust);
    }

    /** The same with another list of trust. */
    public Examination trusting(X509TrustManager other) {
        return new Examination(environment, url, proxy, entityId, clock, other);
    }
}
