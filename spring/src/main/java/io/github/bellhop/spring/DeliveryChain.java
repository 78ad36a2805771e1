package io.github.bellhop.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A security chain without filters for deliveries: no login is required, and nothing modifies the answer, which another
 * thread sends. It comes before every chain of the app, even one with the highest precedence.
 *
 * <p>Matches only POST requests whose path is spelled exactly like the delivery path.
 *
 * @param path the path below the app's context path
 */
record DeliveryChain(String path) implements SecurityFilterChain, PriorityOrdered {
    @Override
    public boolean matches(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(request.getContextPath() + path);
    }

    @Override
    public List<Filter> getFilters() {
        return List.of();
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
