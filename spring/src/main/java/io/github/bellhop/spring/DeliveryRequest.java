package io.github.bellhop.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches POST on exactly the path of deliveries, in no other spelling.
 *
 * @param path below the app's context path
 */
record DeliveryRequest(String path) implements RequestMatcher {
    @Override
    public boolean matches(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(request.getContextPath() + path);
    }
}
