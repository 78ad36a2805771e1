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
 * The starters' properties. Their names match the program's settings.
 *
 * @param enabled             Whether Bellhop is enabled.
 * @param signingSecret       The endpoint's Signing Secret from the Clerk Dashboard (whsec_...). During a rotation,
 *                            several secrets separated by commas. Defaults to CLERK_WEBHOOK_SIGNING_SECRET.
 * @param secretKey           A Secret Key of the instance (sk_...), to fetch missing users and organizations from
 *                            Clerk. Defaults to CLERK_SECRET_KEY; without either, nothing is fetched.
 * @param backendApi          How to connect to Clerk's Backend API.
 * @param fetch               Limits on requests to Clerk's Backend API.
 * @param path                The path that receives deliveries.
 * @param instanceId          The Clerk instance whose messages are applied (ins_...). By default, messages of all
 *                            instances are applied.
 * @param schema              What to do with the tables at startup.
 * @param database            A separate database for Bellhop. By default, Bellhop uses the app's DataSource.
 * @param ipAllowlist         Whether deliveries must come from Svix's IP addresses.
 * @param allowlist           The source of Svix's IP addresses.
 * @param trustedProxies      The proxies in front of the app, as IP addresses and CIDR blocks.
 * @param clientAddressHeader The header with the sender's IP address; trusted only if it comes from a trusted proxy.
 * @param limits              Limits of the receiver.
 * @param mirror              Which data is mirrored.
 * @param retention           How long data is kept.
 * @param retry               When failed messages are retried.
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
     * The connection to Clerk's Backend API.
     *
     * @param url            The base URL, without /v1.
     * @param connectTimeout The connect timeout.
     * @param readTimeout    The timeout for the complete answer.
     */
    record BackendApi(
            @DefaultValue("https://api.clerk.com") URI url,
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("5s") Duration readTimeout) {}

    /**
     * Limits on fetching missing entities from Clerk.
     *
     * @param perSecond       The average number of requests per second. Clerk allows 100 per ten seconds for a
     *                        development instance, and 1,000 for a production instance.
     * @param burst           The number of requests allowed at once after a pause.
     * @param rememberMissing How long to remember that a user or organization does not exist in Clerk.
     */
    record Fetch(
            @DefaultValue("10") int perSecond,
            @DefaultValue("20") int burst,
            @DefaultValue("1m") Duration rememberMissing) {}

    /**
     * A separate database for Bellhop.
     *
     * @param url      The JDBC URL, for PostgreSQL or SQLite.
     * @param user     The database user.
     * @param password The database user's password.
     * @param schema   The PostgreSQL schema that holds the tables; it is created if missing.
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
     * The list of Svix's IP addresses.
     *
     * @param url             The URL of the published list.
     * @param refreshInterval How often to refresh the list.
     * @param file            The file in which the last valid list is stored.
     */
    record Allowlist(
            @DefaultValue("https://docs.svix.com/webhook-ips.json")
            URI url,

            @DefaultValue("6h") Duration refreshInterval,
            @DefaultValue("data/svix-addresses.json") Path file) {}

    /**
     * Limits of the receiver.
     *
     * @param body          The largest accepted body.
     * @param budget        The total size of bodies that may be in flight or queued.
     * @param bodyTimeout   The timeout for receiving a body.
     * @param answerTimeout The timeout for answering a delivery. Svix times out after 15 seconds.
     */
    record Limits(
            @DefaultValue("1MB") DataSize body,
            @DefaultValue("64MB") DataSize budget,
            @DefaultValue("10s") Duration bodyTimeout,
            @DefaultValue("12s") Duration answerTimeout) {}

    /**
     * Which data is mirrored.
     *
     * @param tables          The tables to write: all, none, table names, or table names with a leading minus to
     *                        exclude them.
     * @param privateMetadata The tables that private_metadata is copied into: none, all, or names as in
     *                        bellhop.mirror.tables.
     * @param raw             The tables whose column raw is filled: none, all, or names as in bellhop.mirror.tables.
     * @param deletes         What happens to deleted rows.
     */
    record Mirror(
            @DefaultValue("all") List<String> tables,
            @DefaultValue("none") List<String> privateMetadata,
            @DefaultValue("none") List<String> raw,
            @DefaultValue("soft") Deletes deletes) {}

    /**
     * How long data is kept.
     *
     * @param payloads How long the payloads of completed messages are kept.
     * @param messages How long messages are kept. Redeliveries are recognized by their ids.
     * @param sessions How long rows of ended sessions are kept: forever, or at least 2d.
     * @param audit    How long rows of the audit log are kept: forever, or at least 2d.
     */
    record Retention(
            @DefaultValue("7d") Duration payloads,
            @DefaultValue("90d") Duration messages,
            @DefaultValue("forever") String sessions,
            @DefaultValue("forever") String audit) {}

    /**
     * When failed messages are retried.
     *
     * @param firstDelay  The delay after the first failure.
     * @param maxDelay    The longest delay.
     * @param maxAttempts The number of attempts before a message becomes a dead letter.
     */
    record Retry(
            @DefaultValue("5s") Duration firstDelay,
            @DefaultValue("6h") Duration maxDelay,
            @DefaultValue("12") int maxAttempts) {}

    /**
     * How the app's handlers are called.
     *
     * @param threads  The number of handlers to run in parallel. Defaults to 4 on PostgreSQL, with one connection each,
     *                 and to 1 on SQLite.
     * @param logStack Whether to log the stack trace of a handler's exception and store its message with the run.
     *                 Otherwise only the exception's class is logged and stored.
     */
    record HandlerCalls(
            @Nullable Integer threads, @DefaultValue("true") boolean logStack) {}

    /** Contains nothing that could be secret. */
    @Override
    public String toString() {
        return "BellhopProperties[path=" + path + "]";
    }
}
