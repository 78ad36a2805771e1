package io.github.bellhop.server.serve;

import io.github.bellhop.receiver.AllowlistMode;
import io.github.bellhop.receiver.AllowlistRefresher;
import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.server.feed.Feed;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.SchemaException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running program. Opened in this order, and closed in the reverse: the operator's port, the engine, the public
 * port. A database that cannot be reached yet is waited for; until then deliveries are answered 503.
 */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private static final Duration READY_STEP = Duration.ofMillis(20);

    /** A long migration must not look like a program that does not live. */
    private static final Duration LONGEST_OPENING = Duration.ofSeconds(20);

    private final CheckedSettings settings;
    private final ScratchFolder scratch = ScratchFolder.create();
    private final List<Runnable> last = new CopyOnWriteArrayList<>();
    private final @Nullable SqliteFileLock fileLock;
    private final Feed feed;
    private final ConfigurableApplicationContext console;
    private final OpenDatabase database;
    private final SyncEngine engine;
    private final AllowlistRefresher allowlist;
    private final PublicPort publicPort;
    private final CompletableFuture<SchemaException> failure = new CompletableFuture<>();
    private final Thread shutdownHook = new Thread(this::endOnSignal, "bellhop-shutdown");
    private int port;
    private boolean closed;

    private Server(CheckedSettings settings) {
        this.settings = settings;
        fileLock = SqliteFileLock.of(Databases.sqliteFile(settings.database().url()));
        // Where SQLite's driver puts its library.
        System.setProperty("org.sqlite.tmpdir", scratch.path().toString());
        feed = new Feed(InstantSource.system());
        console = startConsole(settings, feed, scratch.path());
        MeterRegistry registry = console.getBean(MeterRegistry.class);
        database = Databases.open(settings.database());
        engine = new SyncEngine(database.database(), settings.sync(), registry);
        allowlist = new AllowlistRefresher(
                settings.all().allowlist().url(), settings.all().allowlist().file(), InstantSource.system(), registry);
        WebhookServlet webhook = new WebhookServlet(
                settings.all().path(),
                engine,
                SignatureVerifier.of(settings.secrets()),
                new SourceGate(settings.all().ipAllowlist(), settings.clientAddress(), allowlist, registry),
                settings.receiver(),
                registry);
        publicPort = new PublicPort(settings, webhook, engine::isReady);
    }

    /**
     * Starts the program; it runs until it is closed or the process is told to end.
     *
     * @throws PortTakenException when a port cannot be opened
     */
    public static Server start(CheckedSettings settings) {
        Server server = new Server(settings);
        try {
            server.open();
            return server;
        } catch (RuntimeException fault) {
            server.close();
            throw fault;
        }
    }

    private void open() {
        engine.startWhenReachable(failure::complete);
        if (settings.all().ipAllowlist() != AllowlistMode.OFF) {
            allowlist.start(settings.all().allowlist().refreshInterval());
        }
        // Until then every delivery would be refused; closed, the port says no less.
        engine.awaitFirstAttempt(LONGEST_OPENING);
        port = publicPort.open();
        feed.open(database.database());
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        log.info(
                "Deliveries are taken on port {} at {}; the database is {}",
                port,
                settings.all().path(),
                settings.database());
    }

    /** Has something done after a signal, when everything is closed and before the process ends. */
    public void lastly(Runnable work) {
        last.add(work);
    }

    /**
     * Ends the process in order. By itself a JVM that was told to end exits with 143, although all went well. When the
     * program is ending already, its own exit code stays.
     */
    private void endOnSignal() {
        if (closeNow()) {
            last.forEach(Runnable::run);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static ConfigurableApplicationContext startConsole(CheckedSettings settings, Feed feed, Path scratch) {
        SpringApplication application = new SpringApplication(ConsoleConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        Map<String, Object> properties = consoleProperties(settings);
        properties.put("server.tomcat.basedir", scratch.toString());
        application.setDefaultProperties(properties);
        application.addInitializers(context -> {
            LibraryLogCap.install();
            context.getBeanFactory().registerSingleton("settings", settings);
            context.getBeanFactory().registerSingleton("feed", feed);
        });
        try {
            return application.run();
        } catch (RuntimeException fault) {
            for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException) {
                    throw new PortTakenException(
                            "BELLHOP_CONSOLE_PORT",
                            settings.all().console().address(),
                            settings.all().console().port(),
                            fault);
                }
            }
            throw fault;
        }
    }

    private static Map<String, Object> consoleProperties(CheckedSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", settings.all().console().port());
        properties.put("server.address", settings.all().console().address());
        properties.put("server.forward-headers-strategy", "none");
        properties.put("server.error.whitelabel.enabled", false);
        properties.put("management.endpoints.web.base-path", "/");
        properties.put("management.endpoints.web.path-mapping.prometheus", "metrics");
        properties.put("management.endpoints.web.exposure.include", "prometheus");
        properties.put("management.endpoints.web.discovery.enabled", false);
        properties.put("logging.level.root", "INFO");
        properties.put("logging.level.org.flywaydb", "WARN");
        properties.put("logging.level.org.springframework", "WARN");
        properties.put("logging.level.com.zaxxer", "WARN");
        properties.put("logging.level.org.eclipse.jetty", "WARN");
        // A start that fails is told once, by whoever started it.
        properties.put("logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "OFF");
        properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "ERROR");
        properties.put("spring.main.web-application-type", "servlet");
        properties.put("spring.jmx.enabled", false);
        if (settings.all().logFormat().word().equals("json")) {
            properties.put("logging.structured.format.console", "logstash");
        }
        return properties;
    }

    /**
     * Waits while the program runs: until it cannot, or for ever.
     *
     * @throws SchemaException when the tables cannot be made
     */
    public void await() throws InterruptedException {
        try {
            throw failure.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Waits until messages can be kept; returns at once when the server is closed meanwhile. */
    public void awaitReady() throws InterruptedException {
        while (!engine.isReady() && !failure.isDone() && !isClosed()) {
            Thread.sleep(READY_STEP.toMillis());
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The public port that was opened. */
    public int port() {
        return port;
    }

    /** The operator's port that was opened. */
    public int consolePort() {
        var webServer = ((WebServerApplicationContext) console).getWebServer();
        return webServer == null ? -1 : webServer.getPort();
    }

    /** Closes the public port, answers what was taken, and ends; a second call does nothing. */
    @Override
    public void close() {
        boolean unused = closeNow();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException processEnds) {
            // The hook finds everything closed.
        }
    }

    private synchronized boolean closeNow() {
        if (closed) {
            return false;
        }
        closed = true;
        log.info("Ending: no new deliveries are taken, those under way are answered");
        publicPort.close();
        // Streams never end by themselves, and the operator's port waits for what is under way.
        feed.close();
        engine.close();
        allowlist.close();
        console.close();
        database.close();
        if (fileLock != null) {
            fileLock.close();
        }
        scratch.close();
        return true;
    }
}
