package io.github.bellhop.server.serve;

import io.github.bellhop.address.IpLiteral;
import io.github.bellhop.server.feed.GuessLimit;
import io.github.bellhop.server.feed.ListenGate;
import io.github.bellhop.server.feed.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first filter on the operator's port. With a password it limits guesses. Without one it rejects unknown hosts,
 * which protects against DNS rebinding by web pages. Paths for listeners use tokens instead of the password and accept
 * any host; wrong tokens count as guesses too.
 */
final class OperatorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Problem WRONG_HOST = new Problem(
            403,
            "wrong-host",
            "Without BELLHOP_CONSOLE_PASSWORD, this port accepts only the hosts localhost, 127.0.0.1 and [::1].");
    private static final Problem WRONG_PASSWORD =
            new Problem(401, "wrong-password", "Sign in as bellhop with BELLHOP_CONSOLE_PASSWORD (HTTP Basic).");

    private final transient @Nullable OperatorPassword password;
    private final transient GuessLimit limit;
    private final transient ListenGate gate;
    private final String ownAddress;

    /**
     * Creates the filter.
     *
     * @param password   null if no password is required
     * @param ownAddress the address of the port, which is also accepted as the host
     */
    OperatorFilter(@Nullable OperatorPassword password, GuessLimit limit, ListenGate gate, String ownAddress) {
        this.password = password;
        this.limit = limit;
        this.gate = gate;
        this.ownAddress = ownAddress.toLowerCase(Locale.ROOT);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Problem problem = isForListeners(request) ? null : problem(request);
        if (problem == null) {
            chain.doFilter(request, response);
        } else {
            if (problem.status() == 401) {
                response.setHeader("WWW-Authenticate", "Basic realm=\"bellhop\", charset=\"UTF-8\"");
            }
            problem.answer(response);
        }
    }

    private static boolean isForListeners(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals("/listen") || path.equals("/in") || path.equals("/api/v1/listen");
    }

    private @Nullable Problem problem(HttpServletRequest request) {
        if (password == null) {
            return isOwnHost(request.getServerName()) ? null : WRONG_HOST;
        }
        String authorization = request.getHeader("Authorization");
        if (authorization == null) {
            return WRONG_PASSWORD;
        }
        return limit.refusal(gate.address(request), () -> password.isIn(authorization), WRONG_PASSWORD);
    }

    private boolean isOwnHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || name.equals(ownAddress) || isLoopbackLiteral(name);
    }

    /** Accepts literal addresses only, since a name may resolve to anything. */
    private static boolean isLoopbackLiteral(String name) {
        InetAddress address = IpLiteral.parse(name.replaceAll("[\\[\\]]", ""));
        return address != null && address.isLoopbackAddress();
    }
}
