package io.github.bellhop.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ReverseProxy;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@code bellhop doctor} against a real receiver behind a real proxy that causes faults. */
@Timeout(300)
@SameOnEveryJdk
class DoctorThroughProxyTest {
    private final DatabaseSettings database = TestDatabase.SQLITE.fresh();

    @TempDir
    Path folder;

    private ServerInside serve(Map<String, String> more) {
        Map<String, String> environment = ProgramProcess.environment(database);
        environment.putAll(more);
        return ServerInside.serve(folder, environment);
    }

    private Map<String, String> variables() {
        Map<String, String> variables = DoctorRun.variables(folder);
        variables.putAll(ProgramProcess.environment(database));
        variables.put(EnvironmentVariables.SIGNING_SECRET, ProgramProcess.SECRET);
        return variables;
    }

    private DoctorRun through(ReverseProxy proxy) {
        return DoctorRun.of(folder, variables(), "--url", proxy.url().toString());
    }

    @Test
    void recommendsSettingsForAnEnforcedAllowlistBehindAProxy() {
        Map<String, String> enforced = Map.of("BELLHOP_IP_ALLOWLIST", "enforce");
        try (ServerInside program = serve(enforced);
                ReverseProxy proxy = new ReverseProxy(program.webhook())) {
            proxy.set(DoctorThroughProxyTest::forwarded);
            DoctorRun run = through(proxy);
            assertThat(run.the("address", "fail"))
                    .contains("403 source-not-allowed", "BELLHOP_TRUSTED_PROXIES=127.0.0.1")
                    .contains("BELLHOP_CLIENT_ADDRESS_HEADER=X-Forwarded-For");
            assertThat(run.levels("receiver")).containsExactly("ok", "ok");
            assertThat(run.exitCode()).isEqualTo(1);

            // Without --url, the doctor calls the receiver directly, not through the proxy.
            DoctorRun here = DoctorRun.of(folder, withPort(program));
            assertThat(here.the("address", "warn")).contains("public URL", "bellhop doctor --url");

            Map<String, String> otherSecret = variables();
            otherSecret.put(EnvironmentVariables.SIGNING_SECRET, Run.SECRET);
            assertThat(DoctorRun.of(folder, otherSecret, "--url", proxy.url().toString())
                            .the("receiver", "warn"))
                    .contains("source-not-allowed", "the receiver's CLERK_WEBHOOK_SIGNING_SECRET");
        }
        Map<String, String> fixed = Map.of(
                "BELLHOP_IP_ALLOWLIST", "enforce",
                "BELLHOP_TRUSTED_PROXIES", "127.0.0.1",
                "BELLHOP_CLIENT_ADDRESS_HEADER", "X-Forwarded-For");
        try (ServerInside program = serve(fixed);
                ReverseProxy proxy = new ReverseProxy(program.webhook())) {
            proxy.set(DoctorThroughProxyTest::forwarded);
            DoctorRun run = through(proxy);
            assertThat(run.the("address", "ok")).contains("203.0.113.9", "trusted proxy 127.0.0.1");
            assertThat(run.levels("receiver")).containsExactly("ok", "ok");
        }
    }

    private Map<String, String> withPort(ServerInside program) {
        Map<String, String> variables = variables();
        variables.put("BELLHOP_PORT", Integer.toString(program.webhook().getPort()));
        return variables;
    }

    private static byte[] forwarded(Map<String, String> headers, byte[] body) {
        headers.put("x-forwarded-for", "203.0.113.9");
        return body;
    }

    @Test
    void explainsHowAProxyChangedADelivery() {
        try (ServerInside program = serve(Map.of());
                ReverseProxy proxy = new ReverseProxy(program.webhook())) {
            assertThat(through(proxy).levels("receiver")).containsExactly("ok", "ok");

            JsonMapper indenting = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            proxy.set((headers, body) ->
                    indenting.writeValueAsString(indenting.readTree(body)).getBytes(UTF_8));
            assertThat(through(proxy).the("receiver", "fail"))
                    .contains("no-matching-signature", "the body is parsed and rewritten", "express.raw()");

            proxy.set((headers, body) -> {
                headers.keySet().removeIf(name -> name.startsWith("svix-"));
                return body;
            });
            assertThat(through(proxy).the("receiver", "fail"))
                    .contains("missing-headers", "Pass these three headers through unchanged");

            proxy.set((headers, body) -> {
                headers.put("svix-timestamp", "1700000000");
                return body;
            });
            assertThat(through(proxy).the("receiver", "fail")).contains("timestamp-too-old");
        }
    }

    @Test
    void reportsTheSecretOfAnotherEndpoint() {
        try (ServerInside program = serve(Map.of())) {
            Map<String, String> variables = variables();
            variables.put(EnvironmentVariables.SIGNING_SECRET, Run.SECRET);
            assertThat(DoctorRun.of(
                                    folder,
                                    variables,
                                    "--url",
                                    program.webhook().toString())
                            .the("receiver", "fail"))
                    .contains("no-matching-signature", "another signing secret");
        }
    }
}
