package io.github.bellhop.spring;

import io.github.bellhop.address.AddressList;
import io.github.bellhop.receiver.AllowlistRefresher;
import io.github.bellhop.receiver.ClientAddress;
import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.SyncSettings;
import jakarta.servlet.Servlet;
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

/** The servlet that deliveries come in at, and what it judges them by. */
@AutoConfiguration(after = BellhopAutoConfiguration.class)
@ConditionalOnProperty(prefix = "bellhop", name = "enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class})
public final class BellhopServletAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(BellhopServletAutoConfiguration.class);

    /** For Spring. */
    public BellhopServletAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SignatureVerifier bellhopSignatureVerifier(BellhopProperties properties, Environment environment) {
        return ConfiguredSecrets.verifier(properties.signingSecret(), environment);
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiverSettings bellhopReceiverSettings(BellhopProperties properties, SyncSettings settings) {
        return EngineSettings.receiver(properties.limits(), settings.clock());
    }

    @Bean
    @Conditional(AllowlistAsked.class)
    @ConditionalOnMissingBean
    AllowlistRefresher bellhopAllowlist(BellhopProperties properties, SyncSettings settings, BellhopMeters meters) {
        BellhopProperties.Allowlist choice = properties.allowlist();
        EngineSettings.require(
                EngineSettings.isPositive(choice.refreshInterval()),
                "bellhop.allowlist.refresh-interval",
                "a time above zero");
        AllowlistRefresher allowlist =
                new AllowlistRefresher(choice.url(), choice.file(), settings.clock(), meters.registry());
        allowlist.start(choice.refreshInterval());
        return allowlist;
    }

    @Bean
    @Conditional(AllowlistAsked.class)
    @ConditionalOnMissingBean
    SourceGate bellhopSourceGate(BellhopProperties properties, AllowlistRefresher allowlist, BellhopMeters meters) {
        EngineSettings.require(
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
            BellhopMeters meters) {
        WebhookServlet servlet = new WebhookServlet(
                null,
                engine,
                verifier,
                gate.getIfAvailable(() -> SourceGate.open(meters.registry())),
                settings,
                meters.registry());
        ServletRegistrationBean<WebhookServlet> registration =
                new ServletRegistrationBean<>(servlet, ExactPath.of(properties.path()));
        registration.setName("bellhop-webhook");
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        log.info(
                "Clerk's deliveries are taken at {} and kept in {}",
                properties.path(),
                engine.database().dialect().name());
        return registration;
    }
}
