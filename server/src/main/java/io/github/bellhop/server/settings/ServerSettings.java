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
 * The program's settings, as {@code bellhop-defaults.yaml} documents them; empty texts mean "not set".
 *
 * @param signingSecret       the secrets to verify with
 * @param instanceId          the expected Clerk instance
 * @param secretKey           the Secret Key of Clerk's Backend API
 * @param backendApi          where that API is
 * @param port                the public port
 * @param address             the public address
 * @param path                where deliveries come in
 * @param database            where messages are kept
 * @param console             the operator's side
 * @param ipAllowlist         what is done about the sender's address
 * @param allowlist           where the list of addresses comes from
 * @param trustedProxies      whose header is believed
 * @param clientAddressHeader that header
 * @param limits              bounds of the receiver
 * @param mirror              which data is mirrored
 * @param retention           how long things are kept
 * @param retry               when failed messages are tried again
 * @param simulator           the pretend Clerk of {@code bellhop dev}
 * @param listen              what is handed to developers' machines
 * @param logFormat           how the log is written
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
     * @param url where it is, without {@code /v1}
     */
    public record BackendApiChoice(URI url) {}

    /**
     * The database.
     *
     * @param url      a JDBC URL
     * @param user     who connects
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
     * The operator's side.
     *
     * @param port     its port
     * @param address  its address
     * @param password asked for on any address but this machine's own
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
     * @param url             where it is published
     * @param refreshInterval how often it is asked for
     * @param file            where the last good answer is kept
     */
    public record Allowlist(URI url, Duration refreshInterval, Path file) {}

    /**
     * Bounds.
     *
     * @param body          the largest body
     * @param budget        all bodies together
     * @param bodyTimeout   how long a body may take
     * @param answerTimeout how long until the answer
     * @param connections   open at once
     */
    public record Limits(
            DataSize body, DataSize budget, Duration bodyTimeout, Duration answerTimeout, int connections) {}

    /**
     * Which data is mirrored.
     *
     * @param tables          which tables
     * @param privateMetadata in which of them {@code private_metadata} is
     * @param raw             in which of them {@code raw} is
     * @param deletes         what becomes of deleted rows
     */
    public record Mirror(List<String> tables, List<String> privateMetadata, List<String> raw, Deletes deletes) {}

    /**
     * How long things are kept.
     *
     * @param payloads payloads
     * @param messages messages
     * @param sessions rows of sessions that are over
     * @param audit    lines of the audit log
     */
    public record Retention(Duration payloads, Duration messages, String sessions, String audit) {}

    /**
     * Attempts.
     *
     * @param firstDelay  the wait after the first failure
     * @param maxDelay    the longest wait
     * @param maxAttempts how many there are
     */
    public record Retry(Duration firstDelay, Duration maxDelay, int maxAttempts) {}

    /**
     * The pretend Clerk.
     *
     * @param port      its port on this machine
     * @param secretKey what clients of its Backend API have to send
     * @param svixToken what clients of its Svix API have to send
     */
    public record Simulator(int port, String secretKey, String svixToken) {
        @Override
        public String toString() {
            return "Simulator[" + port + "]";
        }
    }

    /**
     * What is handed to developers' machines.
     *
     * @param token         what {@code bellhop listen} has to send; empty: nothing is handed out
     * @param privateFields whether payloads go with what is withheld otherwise
     * @param relay         who may have deliveries relayed
     */
    public record Listen(String token, boolean privateFields, Relay relay) {
        /** Who may have deliveries relayed. */
        public enum Relay {
            /** Nobody. */
            OFF,
            /** Who sends the token. */
            TOKEN,
            /** Whoever reaches the port, as at Svix's own relay. */
            OPEN
        }

        @Override
        public String toString() {
            return "Listen[" + relay + "]";
        }
    }

    /** How the log is written. */
    public enum LogFormat {
        /** Lines for people. */
        TEXT,
        /** One JSON object per line. */
        JSON;

        /** The word that the setting takes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tells nothing that could be secret. */
    @Override
    public String toString() {
        return "ServerSettings[port=" + port + "]";
    }
}
