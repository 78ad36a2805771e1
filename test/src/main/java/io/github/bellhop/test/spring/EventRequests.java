package io.github.bellhop.test.spring;

import io.github.bellhop.test.SignedEvent;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * Turns signed events into requests for Spring's test clients.
 *
 * <pre>{@code
 * mvc.perform(post("/api/webhooks/clerk").with(EventRequests.signed(event))).andExpect(status().isOk());
 * client.post().uri("/api/webhooks/clerk").headers(EventRequests.headers(event)).body(event.body()).exchange();
 * }</pre>
 */
public final class EventRequests {
    private EventRequests() {}

    /** Sets the event's headers and body on a MockMvc request. */
    public static RequestPostProcessor signed(SignedEvent event) {
        return request -> {
            event.headers().forEach(request::addHeader);
            request.setContentType(event.headers().get("content-type"));
            request.setContent(event.body());
            return request;
        };
    }

    /** Sets the event's headers on a request of {@code RestTestClient}, {@code WebTestClient} or {@code RestClient}. */
    public static Consumer<HttpHeaders> headers(SignedEvent event) {
        return headers -> event.headers().forEach(headers::set);
    }
}
