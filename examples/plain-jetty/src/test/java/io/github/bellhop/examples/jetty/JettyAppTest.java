package io.github.bellhop.examples.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.test.Deliveries;
import io.github.bellhop.test.Mirror;
import io.github.bellhop.test.SignedEvent;
import io.github.bellhop.test.SignedEvents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class JettyAppTest {
    private static final String SECRET = "whsec_" + "YSBzZWNyZXQgZm9yIHRoZSBleGFtcGxlJ3MgdGVzdHM=";

    @TempDir
    private Path folder;

    @Test
    void storesUsersAndWelcomesEachOnce() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("app.db");
        SignedEvents events = SignedEvents.with(SECRET);
        try (JettyApp app = JettyApp.start(0, SECRET, url)) {
            Deliveries deliveries = Deliveries.to(URI.create("http://localhost:" + app.port() + JettyApp.WEBHOOK_PATH));
            Mirror mirror = Mirror.of(database(url));

            SignedEvent ann = events.user(
                    UserEvent.Created.class, user -> user.id("user_ann").firstName("Ann"));
            deliveries.deliver(ann);
            deliveries.deliver(ann);
            mirror.user("user_ann").isLive().has("first_name", "Ann");
            mirror.awaitHandlers(ann);
            assertThat(welcomed(database(url))).containsExactly("user_ann Ann");
            assertThat(get(app, "/users/count")).isEqualTo("1");

            deliveries.deliver(events.user(UserEvent.Deleted.class, user -> user.id("user_ann")));
            mirror.user("user_ann").isDeleted();
            assertThat(get(app, "/users/count")).isEqualTo("0");

            assertThat(deliveries
                            .post(events.event(UserEvent.Created.class).tampered())
                            .status())
                    .isEqualTo(400);
        }
    }

    private static DataSource database(String url) {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }

    private static List<String> welcomed(DataSource database) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select user_id || ' ' || name from welcome_mails")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static String get(JettyApp app, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + app.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .strip();
    }
}
