package io.github.bellhop.server.testing;

import io.github.bellhop.server.serve.Server;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.settings.SettingsLoader;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the server of {@code bellhop serve} in the JVM of the tests. */
public final class ServerInside implements RunningProgram {
    // A strong reference, because otherwise the logger and its level may be garbage collected.
    private static final Logger WEB_SERVER = Logger.getLogger("org.apache");

    static {
        // Several tests use the log of this JVM concurrently, so no server may reconfigure it.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        WEB_SERVER.setLevel(Level.WARNING);
    }

    private final Server server;
    private volatile boolean closed;

    private ServerInside(Server server) {
        this.server = server;
    }

    /**
     * Starts the server with only these variables, ignoring the environment of the tests. Returns when the server is
     * ready.
     */
    public static ServerInside serve(Path folder, Map<String, String> environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(EnvironmentVariables.SIGNING_SECRET, SECRET);
        variables.put("BELLHOP_PORT", "0");
        variables.put("BELLHOP_CONSOLE_PORT", "0");
        variables.put("BELLHOP_IP_ALLOWLIST", "off");
        variables.putAll(environment);
        ServerInside started = new ServerInside(Server.start(
                CheckedSettings.of(SettingsLoader.load(new FixedEnvironment(folder, variables), Map.of(), Map.of()))));
        started.await("the server is ready", () -> Http.status(started.url("/health/ready")) == 200);
        return started;
    }

    @Override
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public boolean isAlive() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        server.close();
    }
}
