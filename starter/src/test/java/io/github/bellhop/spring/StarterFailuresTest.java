package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.testing.TestDatabase;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.sqlite.SQLiteDataSource;

/** Tests the errors that prevent the app from starting, and their explanations. */
class StarterFailuresTest {
    private final WebApplicationContextRunner bare = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BellhopAutoConfiguration.class,
                    BellhopServletAutoConfiguration.class,
                    BellhopSecurityAutoConfiguration.class))
            .withPropertyValues(
                    "bellhop.database.url=" + TestDatabase.SQLITE.fresh().url());
    private final WebApplicationContextRunner web = bare.withPropertyValues("bellhop.signing-secret=" + Wire.SECRET);

    private static FailureAnalysis analysis(WebApplicationContextRunner runner) {
        FailureAnalysis[] found = new FailureAnalysis[1];
        runner.run(context -> {
            assertThat(context).hasFailed();
            found[0] = analysis(Objects.requireNonNull(context.getStartupFailure()));
        });
        return found[0];
    }

    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, fault) -> {})
                .stream()
                .filter(analyzer -> analyzer.getClass().getPackageName().equals("io.github.bellhop.spring"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesTheMissingSecret() {
        FailureAnalysis analysis = analysis(bare);
        assertThat(analysis.getDescription()).contains("No signing secret is set");
        assertThat(analysis.getAction()).contains("bellhop.signing-secret", "CLERK_WEBHOOK_SIGNING_SECRET");
    }

    @Test
    void explainsAWrongSecretWithoutShowingIt() {
        FailureAnalysis analysis = analysis(bare.withPropertyValues("bellhop.signing-secret=sk_live_verysecret"));
        assertThat(analysis.getDescription()).contains("API keys").doesNotContain("verysecret");
        assertThat(String.valueOf(analysis.getCause())).doesNotContain("verysecret");
    }

    @Test
    void rejectsAnUnsupportedDatabase() {
        FailureAnalysis analysis =
                analysis(web.withPropertyValues("bellhop.database.url=jdbc:mysql://localhost/app?password=verysecret"));
        assertThat(analysis.getDescription()).contains("jdbc:mysql:").doesNotContain("verysecret");
        assertThat(analysis.getAction()).contains("bellhop.database.url", "jdbc:postgresql:");
    }

    @Test
    void rejectsAnInMemoryDatabaseOfTheApp() {
        SQLiteDataSource memory = new SQLiteDataSource();
        memory.setUrl("jdbc:sqlite::memory:");
        FailureAnalysis analysis =
                analysis(web.withPropertyValues("bellhop.database.url=").withBean(DataSource.class, () -> memory));
        assertThat(analysis.getDescription()).contains("contains no file name");
    }

    @Test
    void rejectsSeveralDataSources() {
        FailureAnalysis analysis = analysis(web.withPropertyValues("bellhop.database.url=")
                .withBean("one", DataSource.class, SQLiteDataSource::new)
                .withBean("two", DataSource.class, SQLiteDataSource::new));
        assertThat(analysis.getDescription()).contains("several DataSources");
        assertThat(analysis.getAction()).contains("@Primary", "bellhop.database.url");
    }

    @Test
    void rejectsTheDefaultFileIfTheAppConfiguresADatabase() {
        for (String named :
                List.of("spring.datasource.url=jdbc:postgresql://localhost/app", "spring.r2dbc.url=r2dbc:x")) {
            FailureAnalysis analysis = analysis(web.withPropertyValues("bellhop.database.url=", named));
            assertThat(analysis.getDescription()).contains(named.substring(0, named.indexOf('=')));
            assertThat(analysis.getAction()).contains("spring-boot-starter-jdbc", "bellhop.database.url");
        }
    }

    @Test
    void namesTheStarterForTheOtherBootVersion() {
        assertThat(analysis(catchThrowable(() -> BootVersion.require(4, "3.5.16")))
                        .getAction())
                .contains("bellhop-spring-boot3-starter");
        assertThat(analysis(catchThrowable(() -> BootVersion.require(3, "4.1.2")))
                        .getAction())
                .contains("bellhop-spring-boot-starter");
    }

    @Test
    void checksTheBootVersionBeforeTheStart() {
        List<?> checks =
                SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationContextInitializer.class).stream()
                        .filter(one -> one.getClass().getName().startsWith("io.github.bellhop"))
                        .toList();
        assertThat(checks).singleElement().satisfies(one -> initialize((ApplicationContextInitializer<?>) one));
    }

    @SuppressWarnings("unchecked")
    private static void initialize(ApplicationContextInitializer<?> check) {
        ((ApplicationContextInitializer<ConfigurableApplicationContext>) check)
                .initialize(new GenericApplicationContext());
    }

    @Test
    void validatesTheTablesWithoutCreatingThem() {
        WebApplicationContextRunner file = web.withPropertyValues(
                "bellhop.database.url=" + TestDatabase.SQLITE.fresh().url());
        assertThat(analysis(file.withPropertyValues("bellhop.schema=validate")).getAction())
                .contains("bellhop.schema");
        file.run(context ->
                assertThat(context.getBean(SyncEngine.class).isReady()).isTrue());
        file.withPropertyValues("bellhop.schema=validate")
                .run(context ->
                        assertThat(context.getBean(SyncEngine.class).isReady()).isTrue());
        web.withPropertyValues(
                        "bellhop.schema=none",
                        "bellhop.database.url=" + TestDatabase.SQLITE.fresh().url())
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void rejectsInvalidSettings() {
        assertThat(analysis(web.withPropertyValues("bellhop.path=/api/*")).getAction())
                .contains("bellhop.path");
        assertThat(analysis(web.withPropertyValues("bellhop.mirror.tables=clerk_user"))
                        .getDescription())
                .contains("bellhop.mirror.tables", "clerk_user");
        assertThat(analysis(web.withPropertyValues("bellhop.limits.budget=1KB")).getAction())
                .contains("bellhop.limits.budget");
        for (String delay : List.of("-1s", "4s")) {
            assertThat(analysis(web.withPropertyValues("bellhop.retry.max-delay=" + delay))
                            .getAction())
                    .contains("bellhop.retry.max-delay", "at least as long as bellhop.retry.first-delay");
        }
        assertThat(analysis(web.withPropertyValues("bellhop.retention.audit=1h"))
                        .getAction())
                .contains("bellhop.retention.audit");
    }

    @Test
    void rejectsAnInvalidKeyWithoutShowingItAndAnInsecureUrl() {
        FailureAnalysis key = analysis(web.withPropertyValues("bellhop.secret-key=whsec_verysecret"));
        assertThat(key.getAction()).contains("bellhop.secret-key", "CLERK_SECRET_KEY", "sk_");
        assertThat(key.getDescription() + key.getAction() + key.getCause()).doesNotContain("verysecret");
        WebApplicationContextRunner keyed = web.withPropertyValues("bellhop.secret-key=sk_test_1");
        assertThat(analysis(keyed.withPropertyValues("bellhop.backend-api.url=http://api.clerk.com"))
                        .getAction())
                .contains("bellhop.backend-api.url", "https");
        assertThat(analysis(keyed.withPropertyValues("bellhop.fetch.per-second=0"))
                        .getAction())
                .contains("bellhop.fetch.per-second");
    }

    @Test
    void rejectsMoreHandlersThanTheDatabaseSupports() {
        FailureAnalysis analysis = analysis(web.withPropertyValues("bellhop.handlers.threads=2"));
        assertThat(analysis.getAction()).contains("bellhop.handlers.threads to 1", "SQLite");
        assertThat(analysis(web.withPropertyValues("bellhop.handlers.threads=0"))
                        .getAction())
                .contains("bellhop.handlers.threads");
        web.withPropertyValues("bellhop.handlers.threads=1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void explainsThatJacksonIsMissing() {
        Throwable failure = new IllegalStateException(new NoClassDefFoundError("tools/jackson/core/JsonParser"));
        assertThat(analysis(failure).getDescription()).contains("Jackson 3");
    }

    static class WrongParameter {
        @OnClerkEvent
        void handle(String text) {}
    }

    static class WrongTimeout {
        @OnClerkEvent(timeout = "soon")
        void handle(UserEvent event) {}
    }

    static class OneNameTwice {
        @OnClerkEvent("same")
        void one(UserEvent event) {}

        @OnClerkEvent("same")
        void two(UserEvent event) {}
    }

    @Test
    void rejectsInvalidHandlerMethods() {
        assertThat(analysis(web.withBean(WrongParameter.class)).getDescription())
                .contains("WrongParameter.handle");
        assertThat(analysis(web.withBean(WrongTimeout.class)).getAction()).contains("timeout", "30s");
        assertThat(analysis(web.withBean(OneNameTwice.class)).getDescription()).contains("have the name \"same\"");
    }
}
