package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockServletContext;
import org.springframework.util.ClassUtils;

/** Tests the warnings at an app's start. */
class StartChecksTest {
    private static @Nullable String check(int connections, int runs) {
        HikariDataSource pool = new HikariDataSource();
        pool.setMaximumPoolSize(connections);
        return StartChecks.pool(new DelegatingDataSource(pool), runs);
    }

    @Test
    void warnsAboutAPoolWithoutConnectionsForTheApp() {
        assertThat(check(9, 4)).contains("at most 9", "up to 9", "4 for handlers", "maximum-pool-size");
        assertThat(check(10, 4)).isNull();
        assertThat(check(6, 0)).isNull();
        assertThat(StartChecks.pool(null, 4)).isNull();
    }

    @Test
    void warnsAboutAWebFluxApp() throws Exception {
        assertThat(StartChecks.deliveries(reactive(), "/hooks")).contains("/hooks", "WebFlux", "bellhop serve");
        assertThat(StartChecks.deliveries(new GenericApplicationContext(), "/hooks"))
                .isNull();
    }

    /** Returns a context whose class is in a different package in each Boot version. */
    private static ApplicationContext reactive() throws Exception {
        for (String name : List.of("web.reactive.context", "web.context.reactive")) {
            String type = "org.springframework.boot." + name + ".GenericReactiveWebApplicationContext";
            if (ClassUtils.isPresent(type, null)) {
                return (ApplicationContext)
                        Class.forName(type).getDeclaredConstructor().newInstance();
            }
        }
        throw new IllegalStateException("no reactive context");
    }

    @Test
    void namesTheAddressBelowTheContextPath() {
        MockServletContext servlets = new MockServletContext();
        servlets.setContextPath("/app");
        assertThat(BellhopServletAutoConfiguration.address(servlets, "/hooks")).isEqualTo("/app/hooks");
        assertThat(BellhopServletAutoConfiguration.address(null, "/hooks")).isEqualTo("/hooks");
    }
}
