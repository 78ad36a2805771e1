package io.github.bellhop.server.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables and their settings. */
public final class EnvironmentVariables {
    /** The signing secrets of the endpoint. */
    public static final String SIGNING_SECRET = "CLERK_WEBHOOK_SIGNING_SECRET";

    /** The Secret Key of Clerk's Backend API. */
    public static final String SECRET_KEY = "CLERK_SECRET_KEY";

    /** The token that {@code bellhop listen} sends to {@code bellhop serve}. Both read it from this variable. */
    public static final String LISTEN_TOKEN = "BELLHOP_LISTEN_TOKEN";

    /** The setting of each variable, in the order of the documentation. */
    static final Map<String, String> TO_SETTING;

    static {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(SIGNING_SECRET, "bellhop.signing-secret");
        names.put("BELLHOP_INSTANCE_ID", "bellhop.instance-id");
        names.put(SECRET_KEY, "bellhop.secret-key");
        names.put("BELLHOP_PORT", "bellhop.port");
        names.put("BELLHOP_ADDRESS", "bellhop.address");
        names.put("BELLHOP_DATABASE_URL", "bellhop.database.url");
        names.put("BELLHOP_DATABASE_USER", "bellhop.database.user");
        names.put("BELLHOP_DATABASE_PASSWORD", "bellhop.database.password");
        names.put("BELLHOP_DATABASE_SCHEMA", "bellhop.database.schema");
        names.put("BELLHOP_CONSOLE_PORT", "bellhop.console.port");
        names.put("BELLHOP_CONSOLE_ADDRESS", "bellhop.console.address");
        names.put("BELLHOP_CONSOLE_PASSWORD", "bellhop.console.password");
        names.put("BELLHOP_IP_ALLOWLIST", "bellhop.ip-allowlist");
        names.put("BELLHOP_TRUSTED_PROXIES", "bellhop.trusted-proxies");
        names.put("BELLHOP_CLIENT_ADDRESS_HEADER", "bellhop.client-address-header");
        names.put("BELLHOP_MIRROR_TABLES", "bellhop.mirror.tables");
        names.put("BELLHOP_MIRROR_PRIVATE_METADATA", "bellhop.mirror.private-metadata");
        names.put("BELLHOP_MIRROR_RAW", "bellhop.mirror.raw");
        names.put("BELLHOP_MIRROR_DELETES", "bellhop.mirror.deletes");
        names.put("BELLHOP_RETENTION_PAYLOADS", "bellhop.retention.payloads");
        names.put("BELLHOP_RETENTION_MESSAGES", "bellhop.retention.messages");
        names.put("BELLHOP_RETENTION_SESSIONS", "bellhop.retention.sessions");
        names.put("BELLHOP_RETENTION_AUDIT", "bellhop.retention.audit");
        names.put("BELLHOP_SIMULATOR_PORT", "bellhop.simulator.port");
        names.put("BELLHOP_SIMULATOR_SECRET_KEY", "bellhop.simulator.secret-key");
        names.put("BELLHOP_SIMULATOR_SVIX_TOKEN", "bellhop.simulator.svix-token");
        names.put(LISTEN_TOKEN, "bellhop.listen.token");
        names.put("BELLHOP_LISTEN_PRIVATE_FIELDS", "bellhop.listen.private-fields");
        names.put("BELLHOP_LISTEN_RELAY", "bellhop.listen.relay");
        names.put("BELLHOP_LOG_FORMAT", "bellhop.log-format");
        TO_SETTING = Collections.unmodifiableMap(names);
    }

    private EnvironmentVariables() {}

    /** Returns a setting's name for messages: its variable's name, or its own if it has no variable. */
    static String nameOf(String setting) {
        return TO_SETTING.entrySet().stream()
                .filter(entry -> entry.getValue().equals(setting))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(setting);
    }
}
