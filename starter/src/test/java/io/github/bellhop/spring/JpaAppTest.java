package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.sync.handle.HandlerWorker;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests that a handler's JPA writes are committed in the transaction that marks the run as done, or not at all. */
@DirtiesContext
@SpringBootTest(
        classes = JpaApp.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bellhop.signing-secret=" + Wire.SECRET,
            "app.timeout=3s",
            "spring.autoconfigure.exclude=",
            "spring.jpa.hibernate.ddl-auto=update",
            "spring.jpa.open-in-view=false"
        })
class JpaAppTest {
    private final SignedEvents events = SignedEvents.with(Wire.SECRET);

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private EntityManager entities;

    @Autowired
    private PlatformTransactionManager manager;

    @Autowired
    private ClerkUsers users;

    private final Wire wire;

    JpaAppTest(@Value("${local.server.port}") int port) {
        wire = new Wire(port);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        Rows.execute(Databases.unpooled(settings), "drop schema public cascade");
        Rows.execute(Databases.unpooled(settings), "create schema public");
        properties.add("spring.datasource.url", settings::url);
        properties.add("spring.datasource.username", settings::user);
        properties.add("spring.datasource.password", settings::password);
    }

    private String deliver(String type, String id) throws Exception {
        SignedEvent event = events.event(type, user -> user.id(id));
        assertThat(wire.deliver(event).statusCode()).isEqualTo(200);
        return event.messageId();
    }

    private List<String> texts(String id) {
        return jdbc.queryForList("select text from jpa_notes where id = ?", String.class, id);
    }

    private void awaitDone(String messageId) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> jdbc.queryForList(
                                "select message_id from bellhop_handler_runs where message_id = ?",
                                String.class,
                                messageId)
                        .isEmpty());
    }

    /** Commit listeners run after the commit, so a test may see the run as done before they are called. */
    private static void checkThatTheCommitWasTold(String id) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> JpaApp.COMMITTED.contains(id));
        assertThat(JpaApp.COMMITTED).containsOnlyOnce(id);
    }

    /** The first call fails with this reason and leaves nothing, so only the note of the second call exists. */
    private void checkThatItIsCalledAgain(String id, String reason, String text) throws Exception {
        awaitDone(deliver("user.created", id));
        assertThat(JpaApp.FOUND.get(id)).containsExactly("1 false -", "2 false " + reason);
        assertThat(texts(id)).containsExactly(text);
        assertThat(JpaApp.ROLLED_BACK).containsOnlyOnce(id);
        checkThatTheCommitWasTold(id);
    }

    @Test
    void commitsAnEntityTogetherWithTheRunsCompletion() throws Exception {
        awaitDone(deliver("user.created", "user_plain_1"));
        assertThat(texts("user_plain_1")).containsExactly("written user_plain_1");
        assertThat(JpaApp.FOUND.get("user_plain_1")).containsExactly("1 false -");
        checkThatTheCommitWasTold("user_plain_1");
        assertThat(JpaApp.ROLLED_BACK).doesNotContain("user_plain_1");
    }

    @Test
    void rollsBackTheWritesOfAFailedHandler() throws Exception {
        checkThatItIsCalledAgain("user_fails_1", "IllegalStateException", "written user_fails_1");
    }

    @Test
    void countsADatabaseErrorAtTheCommitAsAFailure() throws Exception {
        jdbc.update("insert into jpa_notes (id, text) values ('other', 'taken') on conflict do nothing");
        checkThatItIsCalledAgain("user_violates_1", "DataIntegrityViolationException", "written user_violates_1");
    }

    @Test
    void countsADatabaseErrorAtAFlushAsAFailure() throws Exception {
        jdbc.update("insert into jpa_notes (id, text) values ('other', 'taken') on conflict do nothing");
        checkThatItIsCalledAgain("user_persists_1", "ConstraintViolationException", "written user_persists_1");
    }

    @Test
    void countsAnInvalidValueAsAFailure() throws Exception {
        checkThatItIsCalledAgain("user_casts_1", "DataIntegrityViolationException", "written user_casts_1");
    }

    /** PostgreSQL quotes the row, and Spring and Hibernate quote PostgreSQL's message in their own. */
    @ParameterizedTest
    @ValueSource(strings = {"user_violates_2", "user_persists_2", "user_casts_2"})
    void logsNoRowValueThatSpringOrHibernateQuotes(String id) throws Exception {
        jdbc.update("insert into jpa_notes (id, text) values ('other', 'taken') on conflict do nothing");
        Logger engine = (Logger) LoggerFactory.getLogger(HandlerWorker.class.getPackageName());
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        engine.setLevel(Level.WARN);
        engine.addAppender(log);
        try {
            awaitDone(deliver("user.created", id));
        } finally {
            engine.detachAppender(log);
            engine.setLevel(null);
        }
        String logged = log.list.stream()
                .map(event ->
                        event.getFormattedMessage() + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
        assertThat(logged).contains("ViolationException", "PSQLException").doesNotContain("taken");
    }

    @Test
    void countsAListenerThatRejectsTheCommitAsAFailure() throws Exception {
        checkThatItIsCalledAgain("user_refused_1", "IllegalStateException", "written user_refused_1");
    }

    @Test
    void sharesItsTransactionWithATransactionalService() throws Exception {
        awaitDone(deliver("user.created", "user_joins_1"));
        assertThat(texts("user_joins_1")).containsExactly("joined user_joins_1");
    }

    @Test
    void failsIfAServiceInItsTransactionFailed() throws Exception {
        checkThatItIsCalledAgain("user_swallows_1", "UnexpectedRollbackException", "joined user_swallows_1");
    }

    @Test
    void leavesASeparateTransactionUntouched() throws Exception {
        checkThatItIsCalledAgain("user_apart_1", "IllegalStateException", "written user_apart_1");
        assertThat(texts("apart user_apart_1")).containsExactly("apart apart user_apart_1");
    }

    @Test
    void timesOutAHandlerThatHangsWhileOtherLanesContinue() throws Exception {
        String hanging = deliver("user.created", "user_hangs_1");
        String behind = deliver("user.created", "user_hangs_1");
        String other = deliver("user.created", "user_plain_2");
        awaitDone(other);
        assertThat(texts("user_hangs_1"))
                .as("while the handler hangs, or waits for its retry")
                .isEmpty();
        awaitDone(hanging);
        awaitDone(behind);
        assertThat(JpaApp.FOUND.get("user_hangs_1")).containsExactly("1 false -", "2 false timed-out", "1 true -");
        assertThat(texts("user_hangs_1")).containsExactly("written user_hangs_1");
    }

    @Test
    void limitsAStatementToTheHandlersTimeout() throws Exception {
        awaitDone(deliver("user.created", "user_sleeps_1"));
        assertThat(JpaApp.FOUND.get("user_sleeps_1"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("2 false ");
        assertThat(texts("user_sleeps_1")).containsExactly("written user_sleeps_1");
    }

    @Test
    void readsWithFindersInAJpaTransaction() throws Exception {
        awaitDone(deliver("user.created", "user_read_1"));
        String seen = new TransactionTemplate(manager).execute(status -> {
            int updated = entities.createNativeQuery(
                            "update clerk_users set first_name = 'Bea' where id = 'user_read_1'")
                    .executeUpdate();
            assertThat(updated).isEqualTo(1);
            status.setRollbackOnly();
            return users.find("user_read_1").map(ClerkUser::firstName).orElse("nobody");
        });
        assertThat(seen).isEqualTo("Bea");
    }
}
