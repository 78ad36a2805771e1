package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.settings.EnvironmentVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that an invalid configuration ends the program before anything starts, with exit code 2 and a message that
 * names the setting and the fix.
 */
@Timeout(300)
class ConfigurationTest {
    private static final String KEY = "YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA==";

    @TempDir
    Path folder;

    /** Returns a valid environment with one variable changed. */
    private Map<String, String> with(String variable, String value) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(EnvironmentVariables.SIGNING_SECRET, Run.SECRET);
        variables.put("BELLHOP_PORT", "0");
        variables.put("BELLHOP_CONSOLE_PORT", "0");
        variables.put("BELLHOP_IP_ALLOWLIST", "off");
        variables.put("BELLHOP_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("bellhop.db"));
        variables.put(variable, value);
        return variables;
    }

    private void rejects(Map<String, String> variables, String setting, String fix, String hidden) {
        Run run = Run.of(folder, variables, "serve");
        assertThat(run.err())
                .doesNotContain("\tat ", "Exception")
                .hasSizeLessThan(500)
                .satisfies(message -> assertThat(message.replaceAll("\\s+", " "))
                        .contains(setting)
                        .contains(fix));
        if (!hidden.isBlank()) {
            assertThat(run.err()).doesNotContain(hidden);
        }
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("bellhop.db")).doesNotExist();
        assertThat(folder.resolve("bellhop.db.lock")).doesNotExist();
    }

    static Stream<Arguments> unusableSecrets() {
        String dashboard = "Clerk Dashboard";
        return Stream.of(
                Arguments.of("blank", "   ", dashboard),
                Arguments.of("an empty key", "whsec_", dashboard),
                Arguments.of("a secret key", "sk_test_Abc123Abc123", dashboard),
                Arguments.of("a publishable key", "pk_live_Abc123Abc123", dashboard),
                Arguments.of("a private key", "whsk_" + privateKey(), "whpk_"),
                Arguments.of("broken base64", "whsec_YmVs*GhvcCBrZWVwcyB0aGlzIHNlY3JldA==", dashboard),
                Arguments.of("unpadded base64", "whsec_" + KEY.replace("=", ""), dashboard),
                Arguments.of("URL-safe base64", "whsec_-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7", dashboard),
                Arguments.of("white space inside", "whsec_YmVsbGhvcCBr ZWVwcyB0aGlzIHNlY3JldA==", "Remove it"),
                Arguments.of("a broken second", "whsec_" + KEY + ",whsec_YmVs*GhvcCBr", "number 2"),
                Arguments.of("an empty second", "whsec_" + KEY + ",", "number 2"));
    }

    /** Returns the seed and the public key from test 1 in RFC 8032. */
    private static String privateKey() {
        return Base64.getEncoder()
                .encodeToString(HexFormat.of()
                        .parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableSecrets")
    void rejectsAnInvalidSecret(String what, String secret, String fix) {
        String hidden = secret.equals("whsec_") ? "" : secret;
        rejects(with(EnvironmentVariables.SIGNING_SECRET, secret), EnvironmentVariables.SIGNING_SECRET, fix, hidden);
        String key = secret.replaceFirst("^.*_", "");
        if (key.length() > 4) {
            assertThat(Run.of(folder, with(EnvironmentVariables.SIGNING_SECRET, secret), "serve")
                            .err())
                    .doesNotContain(key.substring(0, 8), KEY);
        }
    }

    @Test
    void rejectsServeWithoutASecret() {
        Map<String, String> variables = with("BELLHOP_PORT", "0");
        variables.remove(EnvironmentVariables.SIGNING_SECRET);
        rejects(variables, EnvironmentVariables.SIGNING_SECRET, "Clerk Dashboard", KEY);
    }

    static Stream<Arguments> unusableSettings() {
        String url = "BELLHOP_DATABASE_URL";
        String form = "jdbc:postgresql://HOST:5432/NAME";
        return Stream.of(
                Arguments.of(url, "jdbc:oracle:thin:scott/tiger@db:1521:orcl", form, "tiger"),
                Arguments.of(url, "postgres://scott:tiger@host/db", form, "tiger"),
                Arguments.of(url, "postgresql://scott:tiger@host/db", form, "tiger"),
                Arguments.of(url, "tiger", form, "tiger"),
                Arguments.of(url, "jdbc:postgresql://scott:tiger@host/db", "BELLHOP_DATABASE_PASSWORD", "tiger"),
                Arguments.of(url, "jdbc:sqlite:", "data/bellhop.db", ""),
                Arguments.of(url, "jdbc:sqlite::memory:", "data/bellhop.db", ""),
                Arguments.of("BELLHOP_PORT", "eightthousand", "an integer", "eightthousand"),
                Arguments.of("BELLHOP_PORT", "70000", "0 to 65535", "70000"),
                Arguments.of("BELLHOP_PORT", "-1", "0 to 65535", "-1"),
                Arguments.of("BELLHOP_CONSOLE_PORT", "70000", "0 to 65535", "70000"),
                Arguments.of("BELLHOP_CONSOLE_ADDRESS", "0.0.0.0", "BELLHOP_CONSOLE_PASSWORD", ""),
                Arguments.of("BELLHOP_IP_ALLOWLIST", "sometimes", "off, observe, enforce", "sometimes"),
                Arguments.of("BELLHOP_TRUSTED_PROXIES", "proxy.example.com", "names are not looked up", ""),
                Arguments.of("BELLHOP_TRUSTED_PROXIES", "10.0.0.1/8", "bits set after its prefix", ""),
                Arguments.of("BELLHOP_CLIENT_ADDRESS_HEADER", "X-Real-IP, X-Other", "the name of one header", ""),
                Arguments.of("BELLHOP_LISTEN_TOKEN", "nineteen-characters", "openssl rand -hex 32", "nineteen"),
                Arguments.of("BELLHOP_LISTEN_TOKEN", "with a space in the midst", "letters, digits", "midst"),
                Arguments.of("BELLHOP_LISTEN_PRIVATE_FIELDS", "perhaps", "true or false", "perhaps"),
                Arguments.of("BELLHOP_LISTEN_RELAY", "sometimes", "off, token, open", "sometimes"),
                Arguments.of("BELLHOP_LOG_FORMAT", "xml", "text, json", "xml"),
                Arguments.of("BELLHOP_DATABASE_SCHEMA", "bellhop", "SQLite has no schemas", ""),
                Arguments.of("BELLHOP_MIRROR_TABLES", "clerk_user", "Did you mean clerk_users", ""),
                Arguments.of("BELLHOP_MIRROR_TABLES", "-clerk_sessions, -weather", "docs/tables.md", ""),
                Arguments.of("BELLHOP_MIRROR_TABLES", "clerk_users, -clerk_roles", "Write all names", ""),
                Arguments.of("BELLHOP_MIRROR_PRIVATE_METADATA", "clerk_roles", "has no private_metadata", ""),
                Arguments.of("BELLHOP_MIRROR_RAW", "clerk_communications", "has no raw JSON", ""),
                Arguments.of("BELLHOP_MIRROR_DELETES", "never", "soft, hard, erase", "never"),
                Arguments.of("BELLHOP_RETENTION_PAYLOADS", "0s", "a time above zero", ""),
                Arguments.of("BELLHOP_RETENTION_MESSAGES", "3d", "at least as long as", ""),
                Arguments.of("BELLHOP_RETENTION_SESSIONS", "1h", "at least 2d", ""),
                Arguments.of("BELLHOP_RETENTION_AUDIT", "soon", "forever", ""));
    }

    @ParameterizedTest
    @MethodSource("unusableSettings")
    void rejectsAnInvalidSetting(String variable, String value, String fix, String hidden) {
        rejects(with(variable, value), variable, fix, hidden);
    }

    @Test
    void rejectsASchemaThatIsNotAPlainName() {
        Map<String, String> variables = with("BELLHOP_DATABASE_URL", "jdbc:postgresql://localhost:1/app");
        variables.put("BELLHOP_DATABASE_SCHEMA", "my-schema");
        rejects(variables, "BELLHOP_DATABASE_SCHEMA", "a plain name", "");
    }

    @Test
    void rejectsATokenRelayWithoutAToken() {
        rejects(with("BELLHOP_LISTEN_RELAY", "token"), "BELLHOP_LISTEN_TOKEN", "BELLHOP_LISTEN_RELAY=token", "");
    }

    @Test
    void rejectsTheSamePortForDeliveriesAndConsole() {
        Map<String, String> variables = with("BELLHOP_PORT", "18787");
        variables.put("BELLHOP_CONSOLE_PORT", "18787");
        rejects(variables, "BELLHOP_CONSOLE_PORT", "a different port from BELLHOP_PORT", "");
    }

    @Test
    void rejectsAnUnknownKeyInTheFile() throws IOException {
        Files.writeString(folder.resolve("bellhop.yaml"), "bellhop:\n  limits:\n    boddy: 2MB\n");
        rejects(with("BELLHOP_PORT", "0"), "bellhop.limits.boddy", "docs/configuration.md", "2MB");
    }

    @Test
    void rejectsAFileThatIsNotYaml() throws IOException {
        Files.writeString(folder.resolve("bellhop.yaml"), "bellhop:\n  signing-secret: \"whsec_" + KEY + "\n\t- [");
        rejects(with("BELLHOP_PORT", "0"), "bellhop.yaml", "not valid YAML", KEY);
    }

    @Test
    void rejectsASqliteFileInAFolderThatCannotBeCreated() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "not a folder");
        rejects(
                with(
                        "BELLHOP_DATABASE_URL",
                        "jdbc:sqlite:" + file.resolve("data").resolve("bellhop.db")),
                "BELLHOP_DATABASE_URL",
                "another file",
                "");
    }

    @Test
    void devRejectsAServerDatabaseFromTheEnvironment() {
        String url = "jdbc:postgresql://db.example.com/production?password=tiger";
        Run run = Run.of(folder, with("BELLHOP_DATABASE_URL", url), "dev");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--database", "BELLHOP_DATABASE_URL")
                .doesNotContain("tiger", "\tat ", "Exception");
    }

    @Test
    void showNamesTheSettingOfAnUnknownDatabase() {
        Run run =
                Run.of(folder, with("BELLHOP_DATABASE_URL", "jdbc:oracle:thin:scott/tiger@db"), "show", "clerk_users");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("BELLHOP_DATABASE_URL").doesNotContain("tiger", "\tat ");
    }
}
