package io.github.bellhop.server.serve;

import io.github.bellhop.server.feed.Feed;
import io.github.bellhop.server.feed.FeedServlet;
import io.github.bellhop.server.feed.GuessLimit;
import io.github.bellhop.server.feed.ListenGate;
import io.github.bellhop.server.feed.Relay;
import io.github.bellhop.server.feed.RelayListenServlet;
import io.github.bellhop.server.feed.RelayServlet;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ServerSettings;
import java.io.File;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The operator's port, with metrics and listeners. Requires the password if one is set. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ConsoleConfiguration {
    @Bean
    GuessLimit guessLimit() {
        return new GuessLimit();
    }

    @Bean
    ListenGate listenGate(CheckedSettings settings, GuessLimit limit) {
        return new ListenGate(settings, limit);
    }

    @Bean
    OperatorPassword operatorPassword(CheckedSettings settings) {
        return new OperatorPassword(settings.all().console().password());
    }

    @Bean
    FilterRegistrationBean<OperatorFilter> operatorFilter(
            CheckedSettings settings, OperatorPassword password, GuessLimit limit, ListenGate gate) {
        ServerSettings.Console console = settings.all().console();
        FilterRegistrationBean<OperatorFilter> filter = new FilterRegistrationBean<>(
                new OperatorFilter(console.password().isBlank() ? null : password, limit, gate, console.address()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /** Makes Tomcat send problem details, as this program's code does, for requests that Tomcat itself rejects. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat(
            @Value("${server.tomcat.basedir}") File scratch) {
        return factory -> {
            // Without this, Tomcat creates a folder in the temporary directory that remains if the process is killed.
            factory.setDocumentRoot(scratch);
            factory.addContextCustomizers(context -> {
                StandardHost host = (StandardHost) context.getParent();
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new ProblemValve());
            });
        };
    }

    @Bean
    ServletRegistrationBean<FeedServlet> feedServlet(CheckedSettings settings, ListenGate gate, Feed feed) {
        return new ServletRegistrationBean<>(new FeedServlet(settings.all(), gate, feed), FeedServlet.PATH);
    }

    @Bean
    Relay relay() {
        return new Relay();
    }

    @Bean
    ServletRegistrationBean<RelayServlet> relayServlet(CheckedSettings settings, Relay relay) {
        return new ServletRegistrationBean<>(new RelayServlet(settings.all(), relay), RelayServlet.PATH);
    }

    @Bean
    ServletRegistrationBean<RelayListenServlet> relayListenServlet(
            CheckedSettings settings, ListenGate gate, Relay relay) {
        return new ServletRegistrationBean<>(
                new RelayListenServlet(settings.all(), gate, relay), RelayListenServlet.PATH);
    }

    /** Listeners authenticate with their own token instead of the password. */
    @Bean
    @Order(1)
    SecurityFilterChain listenSecurity(HttpSecurity http) {
        return http.securityMatcher(FeedServlet.PATH, "/in/**", "/api/v1/listen/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    SecurityFilterChain consoleSecurity(HttpSecurity http, CheckedSettings settings) {
        boolean password = !settings.all().console().password().isBlank();
        return http.authorizeHttpRequests(requests -> {
                    if (password) {
                        requests.anyRequest().authenticated();
                    } else {
                        requests.anyRequest().permitAll();
                    }
                })
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService consoleUsers(CheckedSettings settings, OperatorPassword encoder) {
        String password = settings.all().console().password();
        return password.isBlank()
                ? new InMemoryUserDetailsManager()
                : new InMemoryUserDetailsManager(User.withUsername("bellhop")
                        .password(encoder.encode(password))
                        .roles("OPERATOR")
                        .build());
    }
}
