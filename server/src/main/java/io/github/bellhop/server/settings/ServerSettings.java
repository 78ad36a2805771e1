package io.github.bellhop.server.settings;

import io.github.bellhop.receiver.AllowlistMode;
import io.github.bellhop.sync.mirror.Deletes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.util.unit.DataSize;

/**
 * The program's settings, documented in {@code bellhop-defaults.yaml}. An empty string means "not set".
 *
 * @param signingSecret       the secrets that deliveries are verified with
 * @param instanceId          the expected Clerk instance
 * @param secretKey           the Secret Key of Clerk's Backend API
 * @param backendApi          the address of Clerk's Backend API
 * @param port                the public port
 * @param address             the public address
 * @param path                the path of deliveries
 * @param database            the database of the inbox and the mirror
 * @param console             the operator's port
 * @param ipAllowlist         whether senders' addresses are checked
 * @param allowlist           the source of the list of addresses
 * @param trustedProxies      the proxies whose header is trusted
 * @param clientAddressHeader the header with the sender's address
 * @param limits              the receiver's limits
 * @param mirror              which data is mirrored
 * @param retention           how long data is kept
 * @param retry               when failed messages are retried
 * @param simulator           the simulated Clerk of {@code bellhop dev}
 * @param listen              what developers' machines may receive
 * @param logFormat           the format of the log
 */
public record ServerSettings(
        String signingSecret,
        String instanceId,
        String secretKey,
        BackendApiChoice backendApi,
        int port,
        String address,
        String path,
        DatabaseChoice database,
        Console console,
        AllowlistMode ipAllowlist,
        Allowlist allowlist,
        String trustedProxies,
        String clientAddressHeader,
        Limits limits,
        Mirror mirror,
        Retention retention,
        Retry retry,
        Simulator simulator,
        Listen listen,
        LogFormat logFormat) {
    /**
     * Clerk's Backend API.
     *
     * @param url its address, without {@code /v1}
     */
    public record BackendApiChoice(URI url) {}

    /**
     * The database.
     *
     * @param url      a JDBC URL
     * @param user     the database user
     * @param password never printed
     * @param schema   the schema that holds the tables
     */
    public record DatabaseChoice(String url, String user, String password, String schema) {
        @Override
        public String toString() {
            return "DatabaseChoice[...]";
        }
    }

    /**
     * The operator's port.
     *
     * @param port     its number
     * @param address  the address that it binds to
     * @param password required if the address is reachable from other machines
     */
    public record Console(int port, String address, String password) {
        @Override
        public String toString() {
            return "Console[" + address + ":" + port + "]";
        }
    }

    /**
     * The list of Svix's addresses.
     *
     * @param url             where Svix publishes it
     * @param refreshInterval how often it is fetched
     * @param file            the file that stores the last valid answer
     */
    public record Allowlist(URI url, Duration refreshInterval, Path file) {}

    /**
     * The receiver's limits.
     *
     * @param body          the maximum size of a body
     * @param budget        the maximum size of all bodies in memory together
     * @param bodyTimeout   how long a body may take to arrive
     * @param answerTimeout how long the answer may take
     * @param connections   the maximum number of open connections
     */
    public record Limits(
            DataSize body, DataSize budget, Duration bodyTimeout, Duration answerTimeout, int connections) {}

    /**
     * Which data is mirrored.
     *
     * @param tables          which tables
     * @param privateMetadata the tables that contain {@code private_metadata}
     * @param raw             the tables that contain {@code raw}
     * @param deletes         how deletions are applied
     */
    public record Mirror(List<String> tables, List<String> privateMetadata, List<String> raw, Deletes deletes) {}

    /**
     * How long data is kept.
     *
     * @param payloads how long payloads are kept
     * @param messages how long messages are kept
     * @param sessions how long rows of ended sessions are kept
     * @param audit    how long entries of the audit log are kept
     */
    public record Retention(Duration payloads, Duration messages, String sessions, String audit) {}

    /**
     * When failed messages are retried.
     *
     * @param firstDelay  the delay after the first failure
     * @param maxDelay    the longest delay
     * @param maxAttempts the number of attempts before a message becomes a dead letter
     */
    public record Retry(Duration firstDelay, Duration maxDelay, int maxAttempts) {}

    /**
     * The simulated Clerk.
     *
     * @param port      its port on this machine
     * @param secretKey the key that clients of its Backend API must send
     * @param svixToken the token that clients of its Svix API must send
     */
    public record Simulator(int port, String secretKey, String svixToken) {
        @Override
        public String toString() {
            return "Simulator[" + port + "]";
        }
    }

    /**
     * What developers' machines may receive.
     *
     * @param token         the token that {@code bellhop listen} must send; if empty, nothing is sent to it
     * @param privateFields whether payloads include private fields
     * @param relay         who may use the relay
     */
    public record Listen(String token, boolean privateFields, Relay relay) {
        /** Who may use the relay. */
        public enum Relay {
            /** Nobody. */
            OFF,
            /** Clients that send the token. */
            TOKEN,
            /** Every client that can reach the port, as with Svix's own relay. */
            OPEN
        }

        @Override
        public String toString() {
            return "Listen[" + relay + "]";
        }
    }

    /** The format of the log. */
    public enum LogFormat {
        /** Lines of text. */
        TEXT,
        /** One JSON object per line. */
        JSON;

        /** Returns the value of the setting. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Contains nothing that may be secret. */
    @Override
    public String toString() {
        return "ServerSettings[port=" + port + "]";
    }
}
