package io.github.bellhop.test.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/**
 * Passes MockMvc requests to the webhook's servlet as a container would, because MockMvc only reaches Spring's own
 * servlet. It is the last filter, so the app's filters run first. It waits for the asynchronous answer, because MockMvc
 * does not.
 */
record MockWebhookFilter(ObjectProvider<ServletRegistrationBean<?>> webhook) implements Filter {
    /** Longer than the receiver can take to answer. */
    private static final long PATIENCE_SECONDS = 30;

    /** Returns the single path that the servlet is mapped to. */
    static String path(ServletRegistrationBean<?> webhook) {
        return webhook.getUrlMappings().iterator().next();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletRegistrationBean<?> registration = webhook.getIfAvailable();
        if (registration == null || !isFor((HttpServletRequest) request, path(registration))) {
            chain.doFilter(request, response);
            return;
        }
        MockDelivery delivery = new MockDelivery((HttpServletRequest) request, path(registration));
        registration.getServlet().service(delivery, response);
        awaitEnd(delivery);
    }

    private static boolean isFor(HttpServletRequest request, String path) {
        return request.getRequestURI().equals(request.getContextPath() + path);
    }

    private static void awaitEnd(MockDelivery delivery) throws ServletException {
        try {
            if (!delivery.ended().await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ServletException("The webhook's servlet did not answer within " + PATIENCE_SECONDS + " s.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServletException("Interrupted while waiting for the webhook's servlet.", stopped);
        }
    }
}
