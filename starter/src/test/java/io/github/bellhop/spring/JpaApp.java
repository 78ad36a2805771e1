package io.github.bellhop.spring;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerRun;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** A JPA app. The user id determines what its handlers do, and they record what they find at each call. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JpaApp.Writer.class, JpaApp.Service.class, JpaApp.Listener.class})
class JpaApp {
    /** For each call of a handler: the number of the user's notes that it found, and the reason for the retry. */
    static final Map<String, Queue<String>> FOUND = new ConcurrentHashMap<>();

    static final Queue<String> COMMITTED = new ConcurrentLinkedQueue<>();
    static final Queue<String> ROLLED_BACK = new ConcurrentLinkedQueue<>();

    /** JPA uses a wrapper of the pool; Bellhop and JdbcTemplate use the pool itself. */
    @Bean
    static BeanPostProcessor wrapper() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof LocalContainerEntityManagerFactoryBean jpa && jpa.getDataSource() != null) {
                    jpa.setDataSource(new LazyConnectionDataSourceProxy(jpa.getDataSource()));
                }
                return bean;
            }
        };
    }

    static class Service {
        private final JpaNotes notes;

        Service(JpaNotes notes) {
            this.notes = notes;
        }

        @Transactional
        public void join(String id) {
            notes.save(new JpaNote(id, "joined " + id));
        }

        @Transactional
        public void joinAndFail(String id) {
            notes.save(new JpaNote(id, "joined " + id));
            throw new IllegalStateException("of the service");
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void apart(String id) {
            notes.save(new JpaNote(id, "apart " + id));
        }
    }

    record Written(String id) {}

    static class Listener {
        @TransactionalEventListener
        public void committed(Written written) {
            COMMITTED.add(written.id());
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        public void rolledBack(Written written) {
            ROLLED_BACK.add(written.id());
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        public void beforeCommit(Written written) {
            if (written.id().startsWith("user_refused_") && !ROLLED_BACK.contains(written.id())) {
                throw new IllegalStateException("of the listener");
            }
        }
    }

    static class Writer {
        private final JpaNotes notes;
        private final EntityManager entities;
        private final Service service;
        private final ApplicationEventPublisher publisher;
        private final JdbcTemplate jdbc;

        Writer(
                JpaNotes notes,
                EntityManager entities,
                Service service,
                ApplicationEventPublisher publisher,
                JdbcTemplate jdbc) {
            this.notes = notes;
            this.entities = entities;
            this.service = service;
            this.publisher = publisher;
            this.jdbc = jdbc;
        }

        @OnClerkEvent(value = "writer", firstDelay = "500ms", attempts = "3")
        void write(UserEvent.Created created, HandlerRun run) throws SQLException {
            if (!isForTheImpatient(created)) {
                handle(created, run);
            }
        }

        @OnClerkEvent(value = "impatient", timeout = "${app.timeout}", firstDelay = "500ms", attempts = "3")
        void hang(UserEvent.Created created, HandlerRun run) throws SQLException {
            if (isForTheImpatient(created)) {
                handle(created, run);
            }
        }

        private static boolean isForTheImpatient(UserEvent.Created created) {
            return String.valueOf(created.data().id()).matches("user_(hangs|sleeps)_.*");
        }

        private void handle(UserEvent.Created created, HandlerRun run) throws SQLException {
            String id = String.valueOf(created.data().id());
            Queue<String> found = FOUND.computeIfAbsent(id, any -> new ConcurrentLinkedQueue<>());
            boolean first = found.isEmpty();
            String reason = jdbc.queryForObject(
                    "select coalesce(reason, '-') from bellhop_handler_runs where message_id = ? and handler = ?",
                    String.class,
                    run.messageId(),
                    run.handler());
            found.add(run.attempt() + " " + notes.existsById(id) + " " + reason);
            publisher.publishEvent(new Written(id));
            switch (id.split("_")[1]) {
                case "joins" -> service.join(id);
                case "swallows" -> swallow(id, first);
                case "persists" -> persistAndFlush(id, first);
                default -> notes.save(new JpaNote(id, "written " + id));
            }
            if (first) {
                failAsAsked(id, run);
            }
        }

        private void swallow(String id, boolean first) {
            try {
                if (first) {
                    service.joinAndFail(id);
                }
            } catch (IllegalStateException e) {
                return;
            }
            service.join(id);
        }

        private void persistAndFlush(String id, boolean first) {
            entities.persist(new JpaNote(id, first ? "taken" : "written " + id));
            entities.flush();
        }

        private void failAsAsked(String id, HandlerRun run) throws SQLException {
            switch (id.split("_")[1]) {
                case "fails" -> throw new IllegalStateException("of the handler");
                case "violates" -> notes.findById(id).orElseThrow().rewrite("taken");
                case "casts" -> {
                    Integer unused = jdbc.queryForObject("select cast(? as integer)", Integer.class, "taken");
                }
                case "apart" -> {
                    service.apart("apart " + id);
                    throw new IllegalStateException("of the handler");
                }
                case "hangs" -> {
                    notes.flush();
                    while (!run.connection().isClosed()) {
                        Thread.onSpinWait();
                    }
                }
                case "sleeps" -> {
                    notes.flush();
                    List<Map<String, Object>> unused = jdbc.queryForList("select pg_sleep(600)");
                }
                default -> {}
            }
        }
    }
}
