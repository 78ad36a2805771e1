package io.github.bellhop.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendApiSettings;
import io.github.bellhop.sync.fetch.FetchSettings;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.read.EmailOwner;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.test.ClerkSimulation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
    @TempDir
    private Path folder;

    @Test
    @ClerkSimulation
    void findsFetchedUsers(ClerkSimulator simulator) {
        SyncSettings settings = SyncSettings.defaults();
        MeterRegistry registry = new SimpleMeterRegistry();
        BackendApiSettings api = BackendApiSettings.of(simulator.secretKey()).withUrl(simulator.url());
        String id = simulator.clerk().users().createInvented().path("id").stringValue();
        try (OpenDatabase open =
                Databases.open(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("bellhop.db"), null, null))) {
            Database database = open.database();
            Schema.migrate(database);
            ClerkUsers users = ClerkUsers.of(database, settings.mirror());

            Fetcher fetcher = new Fetcher(database, settings, new BackendApi(api), FetchSettings.DEFAULT, registry);
            Optional<ClerkUser> fetched = users.fetching(fetcher).getOrFetch(id);
            assertThat(fetched).isPresent();

            Optional<ClerkUser> user = users.find(id);
            List<EmailOwner> owners = users.findByEmail("ann@example.com");
            assertThat(user).isEqualTo(fetched);
            assertThat(owners).isEmpty();
        }
    }
}
