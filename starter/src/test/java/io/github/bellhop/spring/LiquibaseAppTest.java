package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests an app that migrates with Liquibase: its tables and Bellhop's do not interfere. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bellhop.signing-secret=" + Wire.SECRET,
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=true",
            "spring.liquibase.change-log=classpath:db/changelog.sql"
        })
class LiquibaseAppTest {
    @Autowired
    private SignedEvents events;

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private Mirror mirror;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        Rows.execute(Databases.unpooled(settings), "drop schema public cascade");
        Rows.execute(Databases.unpooled(settings), "create schema public");
        properties.add("spring.datasource.url", settings::url);
        properties.add("spring.datasource.username", settings::user);
        properties.add("spring.datasource.password", settings::password);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {}

    @Test
    void createsTheTablesOfTheAppAndOfBellhop() {
        deliveries.deliver(events.user(UserEvent.Created.class, user -> user.id("user_liquid")));
        mirror.user("user_liquid").isLive();
        assertThat(jdbc.queryForObject("select count(*) from of_liquibase", Integer.class))
                .isZero();
        assertThat(jdbc.queryForList("select id from databasechangelog", String.class))
                .containsExactly("first");
        assertThat(jdbc.queryForObject("select count(*) from bellhop_schema_history", Integer.class))
                .isPositive();
    }
}
