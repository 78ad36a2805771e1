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
 * Brings MockMvc, which knows only Spring's own servlet, to the servlet of the webhook, as a container would; last of
 * the filters, so that those of the app come before it. It waits for the answer, since nothing of MockMvc does.
 */
record MockWebhookFilter(ObjectProvider<ServletRegistrationBean<?>> webhook) implements Filter {
    /** Longer than the receiver takes for its slowest answer. */
    private static final long PATIENCE_SECONDS = 30;

    /** The one path that the servlet is mapped to. */
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
                throw new ServletException("The webhook's servlet gave no answer in " + PATIENCE_SECONDS + " s.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServletException("Stopped while waiting for the webhook's servlet.", stopped);
        }
    }
}
