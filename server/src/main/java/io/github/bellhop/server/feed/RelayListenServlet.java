package io.github.bellhop.server.feed;

import io.github.bellhop.server.settings.ServerSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Opens WebSockets for listeners of relayed deliveries, if the settings allow them. */
public final class RelayListenServlet extends HttpServlet {
    /** The path of the servlet. */
    public static final String PATH = RelaySocket.PATH + "*";

    private static final long serialVersionUID = 1L;
    private static final Problem NO_WEB_SOCKET = new Problem(400, "no-web-socket", "Open a WebSocket at this address.");

    private final transient @Nullable Relay relay;
    private final transient ListenGate gate;
    private final boolean guarded;
    private final transient ScheduledThreadPoolExecutor pings =
            new ScheduledThreadPoolExecutor(2, RelayListenServlet::daemon);

    /** Creates the servlet. If the relay is off, the servlet answers 404. */
    public RelayListenServlet(ServerSettings settings, ListenGate gate, Relay relay) {
        ServerSettings.Listen listen = settings.listen();
        this.relay = listen.relay() == ServerSettings.Listen.Relay.OFF ? null : relay;
        this.gate = gate;
        guarded = listen.relay() == ServerSettings.Listen.Relay.TOKEN;
        pings.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bellhop-relay-pings");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void destroy() {
        pings.shutdownNow();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Relay hosted = relay;
        Problem refusal = hosted != null && guarded ? gate.refusal(request) : null;
        if (hosted == null) {
            Problem.OFF.answer(response);
        } else if (refusal != null) {
            refusal.answer(response);
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            NO_WEB_SOCKET.answer(response);
        } else if (!hosted.connect()) {
            Problem.FULL.answer(response);
        } else {
            upgrade(new RelaySocket(hosted, gate.address(request), pings), request, response);
        }
    }

    private void upgrade(RelaySocket socket, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        ServerContainer container = (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(RelaySocket.class, RelaySocket.PATH)
                .configurator(new Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(socket);
                    }
                })
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException | IOException | RuntimeException | Error notUpgraded) {
            socket.leave();
            throw new ServletException(notUpgraded);
        }
    }
}
