package io.github.bellhop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.read.EmailOwner;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code in the documentation of the package {@code io.github.bellhop.sync}. */
class EngineTourTest {

    @TempDir
    private Path folder;

    @Test
    void mirrorsAndHandlesSubmittedMessage() throws Exception {
        byte[] body = """
                {"object": "event", "type": "user.created", "timestamp": 1760000000000, "data": {
                    "object": "user", "id": "user_ann", "updated_at": 1760000000000,
                    "primary_email_address_id": "idn_1",
                    "email_addresses": [{"object": "email_address", "id": "idn_1", "email_address": "ann@example.com",
                        "verification": {"status": "verified"}}]}}""".getBytes(StandardCharsets.UTF_8);
        BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
        SyncSettings settings = SyncSettings.builder()
                .retry(new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1), 20))
                .build();
        OpenDatabase open = Databases.open(new DatabaseSettings(url("jdbc:sqlite:bellhop.db"), null, null));
        Database database = open.database();
        createTable(database);
        Handlers handlers = Handlers.builder()
                .on(UserEvent.Created.class, "welcome", (created, run) -> {
                    try (PreparedStatement insert =
                            run.connection().prepareStatement("insert into welcome_mails (user_id) values (?)")) {
                        insert.setString(1, created.data().id());
                        insert.executeUpdate();
                    }
                    return HandlerOutcome.done();
                })
                .build();
        SyncEngine engine = new SyncEngine(database, settings, handlers, new SimpleMeterRegistry());
        engine.start();

        Envelope envelope = EnvelopeReader.read(body);
        engine.submit(new IncomingMessage("msg_1", envelope, Instant.now(), body), receipts::add);
        assertThat(receipts.poll(30, TimeUnit.SECONDS)).isEqualTo(Receipt.KEPT);

        ClerkUsers users = ClerkUsers.of(database, settings.mirror());
        Optional<ClerkUser> user = users.find("user_ann");
        List<EmailOwner> owners = users.findByEmail("ann@example.com");
        assertThat(user).isPresent();
        assertThat(owners).extracting(EmailOwner::verified).containsExactly(true);

        boolean unused = engine.handlerWorker().runOnce();
        engine.close();
        open.close();
        assertThat(welcomeMails()).isEqualTo(1);
    }

    @Test
    void containsCodeOfTheTour() throws IOException {
        assertThat(Tour.blocks("sync/src/main/java/io/github/bellhop/sync/package-info.java"))
                .hasSize(6)
                .allSatisfy(block -> assertThat(Tour.source(EngineTourTest.class)
                                .replace("url(\"jdbc:sqlite:bellhop.db\")", "\"jdbc:sqlite:bellhop.db\""))
                        .contains(block));
    }

    private String url(String documented) {
        return documented.replace("bellhop.db", folder.resolve("bellhop.db").toString());
    }

    private static void createTable(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table welcome_mails (user_id text not null)");
        }
    }

    private int welcomeMails() throws SQLException {
        try (OpenDatabase open = Databases.open(new DatabaseSettings(url("jdbc:sqlite:bellhop.db"), null, null));
                Connection connection = open.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("select count(*) from welcome_mails")) {
            return counted.next() ? counted.getInt(1) : 0;
        }
    }
}
