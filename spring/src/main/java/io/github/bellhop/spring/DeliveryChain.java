package io.github.bellhop.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A chain without filters for deliveries: nothing asks for a login, and nothing touches the answer, which another thread
 * gives. It comes before every chain of the app, one with the highest precedence too.
 *
 * <p>Matches POST on exactly the path of deliveries, in no other spelling.
 *
 * @param path below the app's context path
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
