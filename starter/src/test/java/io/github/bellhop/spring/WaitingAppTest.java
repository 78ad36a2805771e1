package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.test.SignedEvents;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Tests an app whose PostgreSQL server is not up yet. */
class WaitingAppTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
            })
    static class App {}

    @Test
    void answers503UntilTheDatabaseIsReachable() throws Exception {
        try (ConfigurableApplicationContext app = new SpringApplication(App.class)
                .run(
                        "--server.port=0",
                        "--bellhop.signing-secret=" + Wire.SECRET,
                        // A port that is closed on every machine.
                        "--bellhop.database.url=jdbc:postgresql://localhost:1/none")) {
            Wire wire = new Wire(Integer.parseInt(app.getEnvironment().getProperty("local.server.port", "0")));
            HttpResponse<String> answer =
                    wire.deliver(SignedEvents.with(Wire.SECRET).event("user.created"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }
}
