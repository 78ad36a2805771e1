package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.fetch.FetchException;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.handle.RunGate;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.read.NotMirroredException;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.security.web.SecurityFilterChain;

/** Tests the conditions under which beans exist. */
class StarterConditionsTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            BellhopAutoConfiguration.class,
            BellhopDisabledAutoConfiguration.class,
            BellhopServletAutoConfiguration.class,
            BellhopSecurityAutoConfiguration.class);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(ALL)
            .withPropertyValues(
                    "bellhop.signing-secret=" + Wire.SECRET,
                    "bellhop.database.url=" + TestDatabase.SQLITE.fresh().url());

    @Test
    void registersTheServletAtExactlyThePath() {
        web.run(context -> {
            ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
            assertThat(servlet.getUrlMappings()).containsExactly(Wire.PATH);
            assertThat(servlet.isAsyncSupported()).isTrue();
            assertThat(context.getBean(SyncEngine.class).isReady()).isTrue();
        });
    }

    @Test
    void stopsTheEngineWithTheContext() {
        SyncEngine[] engine = new SyncEngine[1];
        web.run(context -> engine[0] = context.getBean(SyncEngine.class));
        assertThat(engine[0].isReady()).isFalse();
    }

    @Test
    void callsNoHandlersWhilePausedAndResumesAfterwards() {
        web.run(context -> {
            RunGate gate = context.getBean(RunGate.class);
            BellhopLifecycle lifecycle = context.getBean(BellhopLifecycle.class);
            lifecycle.stop();
            assertThat(gate.isOpen()).isFalse();
            assertThat(context.getBean(SyncEngine.class).isReady()).isTrue();
            lifecycle.start();
            assertThat(gate.isOpen()).isTrue();
            assertThat(lifecycle.isRunning()).isTrue();
        });
    }

    @Test
    void canBeDisabled() {
        new WebApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("bellhop.enabled=false")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(SyncEngine.class)
                            .doesNotHaveBean(ServletRegistrationBean.class);
                    assertThatExceptionOfType(MisconfigurationException.class)
                            .isThrownBy(() -> context.getBean(ClerkUsers.class).getOrFetch("user_1"))
                            .withMessageContaining("bellhop.enabled=false");
                    assertThatExceptionOfType(MisconfigurationException.class)
                            .isThrownBy(() ->
                                    context.getBean(ClerkOrganizations.class).find("org_1"));
                });
    }

    @Test
    void runsOnlyTheEngineOutsideAWebApp() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues(
                        "bellhop.database.url=" + TestDatabase.SQLITE.fresh().url())
                .run(context -> assertThat(context)
                        .hasSingleBean(SyncEngine.class)
                        .doesNotHaveBean(ServletRegistrationBean.class));
    }

    @Test
    void usesTheAppsOwnBeansInstead() {
        SyncSettings settings =
                SyncSettings.builder().expectedInstanceId("ins_of_the_app").build();
        MeterRegistry registry = new SimpleMeterRegistry();
        web.withBean(SyncSettings.class, () -> settings)
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> {
                    assertThat(context.getBean(SyncSettings.class)).isSameAs(settings);
                    assertThat(registry.getMeters())
                            .anyMatch(meter -> meter.getId().getName().equals("bellhop.budget.used"));
                });
        try (var open = TestDatabase.SQLITE.open()) {
            Database own = open.database();
            web.withBean(Database.class, () -> own).run(context -> {
                assertThat(context.getBean(SyncEngine.class).database()).isSameAs(own);
                assertThat(context).doesNotHaveBean(ChosenDatabase.class);
            });
        }
    }

    @Test
    void parsesTablesAsTheProgramDoes() {
        web.withPropertyValues(
                        "bellhop.mirror.tables=ALL",
                        "bellhop.mirror.raw=-clerk_users, - clerk_sessions",
                        "bellhop.retention.sessions=90d",
                        "bellhop.retention.audit=Forever")
                .run(context -> {
                    SyncSettings settings = context.getBean(SyncSettings.class);
                    assertThat(settings.mirror().tables()).isEqualTo(TableChoice.ALL);
                    assertThat(settings.mirror().raw()).isEqualTo(TableChoice.allBut("clerk_users", "clerk_sessions"));
                    assertThat(settings.retention().sessions()).isEqualTo(Duration.ofDays(90));
                    assertThat(settings.retention().audit()).isNull();
                });
    }

    @Test
    void readsWithoutASecretKeyButCannotFetch() {
        web.run(context -> {
            ClerkUsers users = context.getBean(ClerkUsers.class);
            assertThat(users.find("user_1")).isEmpty();
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> users.getOrFetch("user_1"))
                    .withMessageContainingAll("bellhop.secret-key", "CLERK_SECRET_KEY");
            assertThat(context).hasSingleBean(ClerkOrganizations.class).doesNotHaveBean(Fetcher.class);
        });
        web.withPropertyValues("bellhop.mirror.tables=-clerk_users")
                .run(context -> assertThatExceptionOfType(NotMirroredException.class)
                        .isThrownBy(() -> context.getBean(ClerkUsers.class).find("user_1")));
    }

    @Test
    void addsASecurityChainOnlyIfAnotherExists() {
        web.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SecurityFilterChain.class));
        web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ServletRegistrationBean.class));
    }

    @Test
    void bindsTheProperties() {
        web.withPropertyValues(
                        "bellhop.mirror.tables=-clerk_sessions,-clerk_audit_log",
                        "bellhop.mirror.deletes=hard",
                        "bellhop.retention.sessions=30d",
                        "bellhop.instance-id=ins_1",
                        "bellhop.ip-allowlist=off")
                .run(context -> {
                    SyncSettings settings = context.getBean(SyncSettings.class);
                    assertThat(settings.mirror().tables().includes("clerk_sessions"))
                            .isFalse();
                    assertThat(settings.mirror().tables().includes("clerk_users"))
                            .isTrue();
                    assertThat(settings.mirror().deletes()).isEqualTo(io.github.bellhop.sync.mirror.Deletes.HARD);
                    assertThat(settings.retention().sessions()).isEqualTo(java.time.Duration.ofDays(30));
                    assertThat(settings.expectedInstanceId()).isEqualTo("ins_1");
                });
    }
}
