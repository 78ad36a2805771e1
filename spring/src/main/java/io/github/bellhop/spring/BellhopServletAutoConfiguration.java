package io.github.bellhop.spring;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.receiver.AllowlistRefresher;
import io.github.bellhop.receiver.ClientAddress;
import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.settings.SyncSettings;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.web.context.WebApplicationContext;

/** Provides the servlet that receives deliveries, and the checks that it makes. */
@AutoConfiguration(after = BellhopAutoConfiguration.class)
@ConditionalOnProperty(prefix = "bellhop", name = "enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class})
public final class BellhopServletAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(BellhopServletAutoConfiguration.class);

    private static final String SECRET_VARIABLE = "CLERK_WEBHOOK_SIGNING_SECRET";

    /** Called by Spring. */
    public BellhopServletAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SignatureVerifier bellhopSignatureVerifier(
            BellhopProperties properties, Environment environment, SyncSettings settings) {
        String secrets = EngineSettings.secret(properties.signingSecret(), SECRET_VARIABLE, environment);
        if (secrets == null) {
            throw new InvalidSecretException(
                    "secret-missing",
                    "No signing secret is set, so deliveries cannot be verified. Copy the endpoint's Signing Secret"
                            + " from the Clerk Dashboard (Webhooks); it starts with whsec_.");
        }
        return SignatureVerifier.of(
                SigningSecret.parseList(secrets), settings.clock(), SignatureVerifier.DEFAULT_TOLERANCE);
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiverSettings bellhopReceiverSettings(BellhopProperties properties, SyncSettings settings) {
        return EngineSettings.receiver(properties.limits(), settings.clock());
    }

    @Bean
    @Conditional(AllowlistEnabled.class)
    @ConditionalOnMissingBean
    AllowlistRefresher bellhopAllowlist(BellhopProperties properties, SyncSettings settings, BellhopMeters meters) {
        BellhopProperties.Allowlist choice = properties.allowlist();
        require(
                EngineSettings.isPositive(choice.refreshInterval()),
                "bellhop.allowlist.refresh-interval",
                "a time above zero");
        AllowlistRefresher allowlist =
                new AllowlistRefresher(choice.url(), choice.file(), settings.clock(), meters.registry());
        allowlist.start(choice.refreshInterval());
        return allowlist;
    }

    @Bean
    @Conditional(AllowlistEnabled.class)
    @ConditionalOnMissingBean
    SourceGate bellhopSourceGate(BellhopProperties properties, AllowlistRefresher allowlist, BellhopMeters meters) {
        require(
                properties.clientAddressHeader().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
                "bellhop.client-address-header",
                "the name of one header");
        ClientAddress clientAddress =
                new ClientAddress(AddressList.of(properties.trustedProxies()), properties.clientAddressHeader());
        return new SourceGate(properties.ipAllowlist(), clientAddress, allowlist, meters.registry());
    }

    @Bean
    @ConditionalOnMissingBean(name = "bellhopWebhook")
    ServletRegistrationBean<WebhookServlet> bellhopWebhook(
            BellhopProperties properties,
            SignatureVerifier verifier,
            SyncEngine engine,
            ObjectProvider<SourceGate> gate,
            ReceiverSettings settings,
            BellhopMeters meters,
            WebApplicationContext context) {
        WebhookServlet servlet = new WebhookServlet(
                null,
                engine,
                verifier,
                gate.getIfAvailable(() -> SourceGate.open(meters.registry())),
                settings,
                meters.registry());
        ServletRegistrationBean<WebhookServlet> registration =
                new ServletRegistrationBean<>(servlet, EngineSettings.path(properties));
        registration.setName("bellhop-webhook");
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        log.info(
                "Clerk's deliveries are received at {} and stored in {}",
                address(context.getServletContext(), properties.path()),
                engine.database().dialect().name());
        return registration;
    }

    /**
     * Returns the path of the endpoint's URL, including the app's context path.
     *
     * @param servlets the web server's context; null if there is none yet
     */
    static String address(@Nullable ServletContext servlets, String path) {
        String contextPath = servlets == null ? null : servlets.getContextPath();
        return contextPath == null ? path : contextPath + path;
    }
}
