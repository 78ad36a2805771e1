package io.github.bellhop.server.serve;

import io.github.bellhop.server.settings.ServerSettings;
import jakarta.servlet.Servlet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;

/** The port that strangers reach: a small Tomcat of its own with the webhook servlet and health, and nothing else. */
public final class PublicPort {
    private static final Duration DRAIN_STEP = Duration.ofMillis(50);

    private final Tomcat tomcat = new Tomcat();
    private final StandardContext context;
    private final ServerSettings settings;

    /**
     * A port that is not yet open.
     *
     * @param webhook what answers deliveries
     * @param ready   whether messages can be kept, for the health paths
     */
    public static PublicPort of(ServerSettings settings, Servlet webhook, BooleanSupplier ready) {
        return new PublicPort(settings, webhook, new HealthServlet(ready));
    }

    private PublicPort(ServerSettings settings, Servlet webhook, Servlet health) {
        this.settings = settings;
        tomcat.setBaseDir(scratchFolder());
        tomcat.setConnector(connector());
        context = (StandardContext) tomcat.addContext("", null);
        context.setUseHttpOnly(true);
        context.setCookies(false);
        add(context, "webhook", webhook, "/").setAsyncSupported(true);
        Wrapper healthWrapper = add(context, "health", health, "/health");
        healthWrapper.addMapping("/health/live");
        healthWrapper.addMapping("/health/ready");
        hideErrors();
    }

    private Connector connector() {
        Connector connector = new Connector();
        connector.setPort(settings.port());
        connector.setProperty("address", settings.address());
        connector.setXpoweredBy(false);
        connector.setAllowTrace(true); // so that TRACE reaches the servlet, which answers 405 like all the others
        connector.setEnforceEncodingInGetWriter(false);
        AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        http.setMaxConnections(settings.limits().connections());
        http.setAcceptCount(200);
        http.setMaxThreads(Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));
        // Longer than a body may take: Tomcat closes without an answer, and a slow body is to have its 408.
        http.setConnectionTimeout((int) settings.limits().answerTimeout().toMillis());
        http.setKeepAliveTimeout(60_000);
        http.setMaxKeepAliveRequests(-1);
        http.setMaxHttpRequestHeaderSize(16 * 1024);
        http.setMaxSwallowSize((int) settings.limits().body().toBytes());
        http.setServer("bellhop");
        return connector;
    }

    private static Wrapper add(Context context, String name, Servlet servlet, String path) {
        Wrapper wrapper = Tomcat.addServlet(context, name, servlet);
        wrapper.addMapping(path);
        wrapper.setLoadOnStartup(1);
        return wrapper;
    }

    /** What Tomcat itself refuses is answered with its status alone. */
    private void hideErrors() {
        ErrorReportValve valve = new ErrorReportValve();
        valve.setShowReport(false);
        valve.setShowServerInfo(false);
        StandardHost host = (StandardHost) tomcat.getHost();
        host.getPipeline().addValve(valve);
    }

    private static String scratchFolder() {
        try {
            File folder = Files.createTempDirectory("bellhop-tomcat").toFile();
            folder.deleteOnExit();
            return folder.getPath();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /**
     * Opens the port.
     *
     * @return the port that was opened
     * @throws PortTakenException when it cannot be
     */
    public int open() {
        try {
            tomcat.start();
        } catch (LifecycleException fault) {
            throw new PortTakenException("BELLHOP_PORT", settings.address(), settings.port(), fault);
        }
        Connector connector = tomcat.getConnector();
        if (connector.getLocalPort() <= 0) {
            throw new PortTakenException("BELLHOP_PORT", settings.address(), settings.port(), null);
        }
        return connector.getLocalPort();
    }

    /** Takes no new connections, lets those under way have their answers, and closes. */
    public void close() {
        Connector connector = tomcat.getConnector();
        connector.pause();
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.closeServerSocketGraceful();
        }
        long end = System.nanoTime() + settings.limits().answerTimeout().toNanos();
        try {
            while (context.getInProgressAsyncCount() > 0 && System.nanoTime() < end) {
                Thread.sleep(DRAIN_STEP.toMillis());
            }
            tomcat.stop();
            tomcat.destroy();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (LifecycleException fault) {
            throw new IllegalStateException("The public port did not close well", fault);
        }
    }
}
