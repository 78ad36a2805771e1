package io.github.bellhop.test.spring;

import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.DeliveryAnswer;
import io.github.bellhop.test.SignedEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.core.env.Environment;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Posts to the app of this context: at its port if it has one, otherwise through MockMvc. Thread-safe. */
record AppDeliveries(
        Environment environment, ObjectProvider<ServletRegistrationBean<?>> webhook, ObjectProvider<MockMvc> mockMvc)
        implements Deliveries {
    @Override
    public DeliveryAnswer post(SignedEvent event) {
        String path = MockWebhookFilter.path(webhook.getObject());
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            String contextPath = environment.getProperty("server.servlet.context-path", "");
            return Deliveries.to(URI.create("http://localhost:" + port + contextPath + path))
                    .post(event);
        }
        MockMvc mock = mockMvc.getIfAvailable();
        if (mock == null) {
            throw new IllegalStateException("This test's app has neither a port nor MockMvc. Annotate the test with"
                    + " @SpringBootTest(webEnvironment = RANDOM_PORT) or @AutoConfigureMockMvc.");
        }
        return mocked(mock, path, event);
    }

    private static DeliveryAnswer mocked(MockMvc mock, String path, SignedEvent event) {
        try {
            // with(...) cannot be used: its return type differs between versions of Spring.
            RequestBuilder request = context -> EventRequests.signed(event)
                    .postProcessRequest(MockMvcRequestBuilders.post(path).buildRequest(context));
            MockHttpServletResponse answer = mock.perform(request).andReturn().getResponse();
            return new DeliveryAnswer(answer.getStatus(), answer.getContentAsString(StandardCharsets.UTF_8));
        } catch (RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new IllegalStateException("MockMvc failed at " + path + ".", fault);
        }
    }
}
