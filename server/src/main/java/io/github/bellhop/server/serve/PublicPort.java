package io.github.bellhop.server.serve;

import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ServerSettings;
import jakarta.servlet.Servlet;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * The port that is open to the internet: a separate small Tomcat with only the webhook servlet and the health paths.
 */
public final class PublicPort {
    private static final Duration DRAIN_STEP = Duration.ofMillis(50);

    /** The number of connections that may exceed the limit until the watch has closed others. */
    private static final int RESERVE = 100;

    private final Tomcat tomcat = new Tomcat();
    private final ScratchFolder scratch = ScratchFolder.create();
    private final StandardContext context;
    private final ServerSettings settings;

    /**
     * Creates a port that is not open yet.
     *
     * @param webhook answers deliveries
     * @param ready   whether messages can be stored, for the health paths
     */
    public PublicPort(CheckedSettings checked, Servlet webhook, BooleanSupplier ready) {
        settings = checked.all();
        tomcat.setBaseDir(scratch.path().toString());
        tomcat.setConnector(connector(new ConnectionWatch(
                settings.limits().connections(),
                checked.clientAddress().trustedProxies()::contains,
                System::nanoTime)));
        context = (StandardContext) tomcat.addContext("", null);
        context.setUseHttpOnly(true);
        context.setCookies(false);
        // These checks find leaks of an app in a server that outlives it. Here, the process ends with the app.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        add(context, "webhook", webhook, "/").setAsyncSupported(true);
        Wrapper healthWrapper = add(context, "health", new HealthServlet(ready), "/health");
        healthWrapper.addMapping("/health/live");
        healthWrapper.addMapping("/health/ready");
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setErrorReportValveClass("");
        host.getPipeline().addValve(new NextRequestValve());
        host.getPipeline().addValve(new ProblemValve());
    }

    private Connector connector(ConnectionWatch watch) {
        Connector connector = new Connector(new Http11NioProtocol(new PublicEndpoint(watch)));
        connector.setThrowOnFailure(true); // otherwise Tomcat logs the fault and continues
        connector.setPort(settings.port());
        connector.setProperty("address", settings.address());
        connector.setXpoweredBy(false);
        connector.setAllowTrace(true); // so that TRACE reaches the servlet, which answers 405 as for other methods
        connector.setEnforceEncodingInGetWriter(false);
        AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        // This is above the limit, so that a new connection is accepted while the watch closes others.
        http.setMaxConnections(settings.limits().connections() + RESERVE);
        http.setAcceptCount(200);
        http.setMaxThreads(Math.max(16, 4 * Runtime.getRuntime().availableProcessors()));
        // This is longer than the body timeout: Tomcat would close a slow connection without answering 408.
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

    /**
     * Opens the port.
     *
     * @return the port number
     * @throws PortTakenException if the port cannot be opened
     */
    public int open() {
        try {
            tomcat.start();
        } catch (LifecycleException fault) {
            throw new PortTakenException("BELLHOP_PORT", settings.address(), settings.port(), fault);
        }
        return tomcat.getConnector().getLocalPort();
    }

    /** Accepts no new connections, waits until deliveries in progress are answered, and closes the port. */
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
            throw new IllegalStateException("The public port did not close properly", fault);
        } finally {
            scratch.close();
        }
    }
}
