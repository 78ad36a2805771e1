package io.github.bellhop.spring;

import io.github.bellhop.receiver.AllowlistMode;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.store.SchemaMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set. The names are those of the program's settings.
 *
 * @param enabled             Whether Bellhop runs at all.
 * @param signingSecret       The endpoint's Signing Secret from the Clerk Dashboard (whsec_...). Several, separated by
 *                            commas, while a secret is rotated. Without it CLERK_WEBHOOK_SIGNING_SECRET counts.
 * @param secretKey           A Secret Key of the instance (sk_...), by which Clerk is asked for what is not mirrored.
 *                            Without it CLERK_SECRET_KEY counts; without that, Clerk is never asked.
 * @param backendApi          How Clerk is asked.
 * @param fetch               How much Clerk is asked.
 * @param path                The one path that deliveries come in at.
 * @param instanceId          The Clerk instance whose messages are applied (ins_...). Without it all are.
 * @param schema              What is done about the tables at the start.
 * @param database            A database of Bellhop's own. Without it the app's DataSource counts.
 * @param ipAllowlist         Whether deliveries must come from Svix's addresses.
 * @param allowlist           Where the list of Svix's addresses comes from.
 * @param trustedProxies      The proxies in front of the app, as addresses and CIDR blocks.
 * @param clientAddressHeader The header that is believed about the sender's address when it comes from a proxy.
 * @param limits              Bounds of the receiver.
 * @param mirror              Which data is mirrored.
 * @param retention           How long things are kept.
 * @param retry               When failed messages are tried again.
 * @param handlers            How the app's handlers are called.
 */
@ConfigurationProperties("bellhop")
record BellhopProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String signingSecret,
        @Nullable String secretKey,
        @DefaultValue BackendApi backendApi,
        @DefaultValue Fetch fetch,
        @DefaultValue("/api/webhooks/clerk") String path,
        @Nullable String instanceId,
        @DefaultValue("migrate") SchemaMode schema,
        @DefaultValue DatabaseChoice database,
        @DefaultValue("off") AllowlistMode ipAllowlist,
        @DefaultValue Allowlist allowlist,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("X-Forwarded-For") String clientAddressHeader,
        @DefaultValue Limits limits,
        @DefaultValue Mirror mirror,
        @DefaultValue Retention retention,
        @DefaultValue Retry retry,
        @DefaultValue HandlerCalls handlers) {
    /**
     * How Clerk's Backend API is reached.
     *
     * @param url            Where it is, without /v1.
     * @param connectTimeout How long a connection may take.
     * @param readTimeout    How long the whole answer may take.
     */
    record BackendApi(
            @DefaultValue("https://api.clerk.com") URI url,
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("5s") Duration readTimeout) {}

    /**
     * How much Clerk is asked for what is not mirrored.
     *
     * @param perSecond       How many requests in a second, on the average. Clerk answers 100 in ten seconds to an
     *                        instance for development, 1,000 to one for production.
     * @param burst           How many requests at once after a pause.
     * @param rememberMissing How long it is remembered that Clerk knows no such user or organization.
     */
    record Fetch(
            @DefaultValue("10") int perSecond,
            @DefaultValue("20") int burst,
            @DefaultValue("1m") Duration rememberMissing) {}

    /**
     * A database of Bellhop's own.
     *
     * @param url      A JDBC URL of PostgreSQL or SQLite.
     * @param user     Who connects.
     * @param password The password of who connects.
     * @param schema   The schema of PostgreSQL that holds the tables; it is made when it is missing.
     */
    record DatabaseChoice(
            @Nullable String url,
            @Nullable String user,
            @Nullable String password,
            @Nullable String schema) {
        @Override
        public String toString() {
            return "DatabaseChoice[...]";
        }
    }

    /**
     * The list of Svix's addresses.
     *
     * @param url             Where it is published.
     * @param refreshInterval How often it is asked for.
     * @param file            Where the last good answer is kept.
     */
    record Allowlist(
            @DefaultValue("https://docs.svix.com/webhook-ips.json")
            URI url,

            @DefaultValue("6h") Duration refreshInterval,
            @DefaultValue("data/svix-addresses.json") Path file) {}

    /**
     * Bounds.
     *
     * @param body          The largest body that is taken.
     * @param budget        How much of bodies may be in flight and queued at once.
     * @param bodyTimeout   How long a body may take to come.
     * @param answerTimeout How long until the answer. Svix gives up after 15 seconds.
     */
    record Limits(
            @DefaultValue("1MB") DataSize body,
            @DefaultValue("64MB") DataSize budget,
            @DefaultValue("10s") Duration bodyTimeout,
            @DefaultValue("12s") Duration answerTimeout) {}

    /**
     * Which data is mirrored.
     *
     * @param tables          The tables that are written: all, none, names, or names with a minus before each.
     * @param privateMetadata The tables that private_metadata is copied into: none, all, or names as above.
     * @param raw             The tables whose column raw is filled: none, all, or names as above.
     * @param deletes         What becomes of deleted rows.
     */
    record Mirror(
            @DefaultValue("all") List<String> tables,
            @DefaultValue("none") List<String> privateMetadata,
            @DefaultValue("none") List<String> raw,
            @DefaultValue("soft") Deletes deletes) {}

    /**
     * How long things are kept.
     *
     * @param payloads The payloads of messages that are done.
     * @param messages The messages themselves, by whose ids they are known when they come again.
     * @param sessions Rows of sessions, from their end on: forever, or at least 2d.
     * @param audit    Lines of the audit log: forever, or at least 2d.
     */
    record Retention(
            @DefaultValue("7d") Duration payloads,
            @DefaultValue("90d") Duration messages,
            @DefaultValue("forever") String sessions,
            @DefaultValue("forever") String audit) {}

    /**
     * Attempts.
     *
     * @param firstDelay  The wait after the first failure.
     * @param maxDelay    The longest wait.
     * @param maxAttempts How many attempts there are before a message becomes a dead letter.
     */
    record Retry(
            @DefaultValue("5s") Duration firstDelay,
            @DefaultValue("6h") Duration maxDelay,
            @DefaultValue("12") int maxAttempts) {}

    /**
     * How the app's handlers are called.
     *
     * @param threads  How many are called at once. On PostgreSQL 4 unless set, each with a connection; on SQLite 1.
     * @param logStack Whether the log shows what a handler throws with its stack trace, and its message is kept with the
     *                 run. Otherwise both name the exception's class alone.
     */
    record HandlerCalls(
            @Nullable Integer threads, @DefaultValue("true") boolean logStack) {}

    /** Tells nothing that could be secret. */
    @Override
    public String toString() {
        return "BellhopProperties[path=" + path + "]";
    }
}
