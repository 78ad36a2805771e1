package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendApiSettings;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.StubClerk;
import io.github.bellhop.sync.testing.StubClerk.Answer;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** A mirror, and a stub of Clerk that has every user. */
abstract class FetchContract {
    static final long FETCHED_AT = 1_700_000_005_000L;

    @Parameter
    TestDatabase kind;

    final StubClerk clerk = new StubClerk();
    SyncBench bench;
    ClerkUsers users;
    ClerkOrganizations organizations;

    @BeforeEach
    void open() {
        clerk.answers(path -> Answer.of(200, StubClerk.user(path.substring("/v1/users/".length()), "Ann", FETCHED_AT)));
        open(MirrorSettings.DEFAULT, FetchSettings.DEFAULT, Handlers.none());
    }

    final void open(MirrorSettings mirror, FetchSettings limits, Handlers handlers) {
        if (bench != null) {
            bench.close();
        }
        bench = new SyncBench(kind.open(), settings -> settings.withMirror(mirror), handlers);
        SyncSettings settings =
                SyncSettings.builder().clock(bench.clock).build().withMirror(mirror);
        BackendApi api = new BackendApi(BackendApiSettings.of(StubClerk.KEY).withUrl(clerk.url()));
        Fetcher fetcher = new Fetcher(bench.database(), settings, api, limits, bench.registry);
        users = ClerkUsers.of(bench.database(), mirror).fetching(fetcher);
        organizations = ClerkOrganizations.of(bench.database(), mirror).fetching(fetcher);
    }

    @AfterEach
    void close() {
        bench.close();
        clerk.close();
    }

    final void event(String type, long timestamp, String data) {
        bench.receive(Json.of("{'type':'%s','timestamp':%d,'data':%s}", type, timestamp, data));
    }

    final void user(String firstName, long updatedAt) {
        event(
                "user.updated",
                updatedAt,
                "{'id':'user_1','first_name':'%s','updated_at':%d}".formatted(firstName, updatedAt));
    }

    final double fetches(String outcome) {
        return bench.registry
                .get("bellhop.fetches")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    final FetchException refusal(String id) {
        FetchException refused = catchThrowableOfType(FetchException.class, () -> users.getOrFetch(id));
        assertThat(refused).as("an exception").isNotNull();
        assertThat(refused.id()).isEqualTo(id);
        assertThat(refused).hasMessageContaining(id).hasMessageNotContaining(StubClerk.KEY);
        return refused;
    }
}
