package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.StubClerk;
import io.github.bellhop.sync.testing.StubClerk.Answer;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities that are not mirrored are fetched from Clerk according to the mirror's rules, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class GetOrFetchContractTest extends FetchContract {
    @Test
    void fetchesMissingUserOnce() {
        ClerkUser ann = users.getOrFetch("user_1").orElseThrow();
        assertThat(ann.firstName()).isEqualTo("Ann");
        assertThat(ann.stub()).isFalse();
        assertThat(users.getOrFetch("user_1")).contains(ann);
        assertThat(clerk.paths()).containsExactly("/v1/users/user_1");
        assertThat(users.findByEmail("user_1@example.com")).singleElement().matches(owner -> owner.verified());
        assertThat(fetches("mirrored")).isEqualTo(1);
    }

    @Test
    void fetchesOrganizations() {
        clerk.answers(path -> Answer.of(
                200, "{'object':'organization','id':'org_1','name':'Acme','slug':'acme','updated_at':1700000005000}"));
        assertThat(organizations.getOrFetch("org_1").orElseThrow().name()).isEqualTo("Acme");
        assertThat(organizations.findBySlug("acme")).hasSize(1);
        assertThat(clerk.paths()).containsExactly("/v1/organizations/org_1");
    }

    @Test
    void doesNotFetchMirroredUser() {
        user("Bea", 1_700_000_000_000L);
        assertThat(users.getOrFetch("user_1").orElseThrow().firstName()).isEqualTo("Bea");
        assertThat(clerk.paths()).isEmpty();
    }

    @Test
    void replacesStubWithFullUser() {
        event(
                "session.created",
                FETCHED_AT,
                "{'id':'sess_1','user_id':'user_1','status':'active','user':{'id':'user_1','first_name':'Bea',"
                        + "'updated_at':1800000000000},'updated_at':1800000000000}");
        assertThat(users.find("user_1").orElseThrow().stub()).isTrue();
        clerk.answers(path -> Answer.missing());
        assertThat(users.getOrFetch("user_1"))
                .as("a stub that Clerk does not have")
                .isEmpty();
        bench.clock.advance(Duration.ofMinutes(1));
        clerk.answers(path -> Answer.of(200, StubClerk.user("user_1", "Ann", FETCHED_AT)));
        ClerkUser ann = users.getOrFetch("user_1").orElseThrow();
        assertThat(ann.firstName()).isEqualTo("Ann");
        assertThat(ann.stub()).isFalse();
    }

    @Test
    void addsNoMessageAndNoHandlerRun() {
        Handlers handlers = Handlers.builder()
                .on(ClerkEvent.class, "all", (event, run) -> HandlerOutcome.done())
                .build();
        open(MirrorSettings.DEFAULT, FetchSettings.DEFAULT, handlers);
        assertThat(users.getOrFetch("user_1")).isPresent();
        assertThat(Rows.count(bench.database(), "bellhop_handler_runs")).isZero();
        assertThat(Rows.count(bench.database(), "bellhop_inbox")).isZero();
        user("Bea", FETCHED_AT);
        assertThat(Rows.count(bench.database(), "bellhop_handler_runs")).isEqualTo(1);
    }

    /** An event wins over a fetch of the same state, because it carries its own timestamp. */
    @ParameterizedTest
    @ValueSource(longs = {FETCHED_AT, FETCHED_AT + 1})
    void keepsNewerEventReceivedDuringFetch(long updatedAt) {
        clerk.answers(path -> {
            user("Bea", updatedAt);
            return Answer.of(200, StubClerk.user("user_1", "Ann", FETCHED_AT));
        });
        assertThat(users.getOrFetch("user_1").orElseThrow().firstName()).isEqualTo("Bea");
    }

    @Test
    void replacesOlderEventReceivedDuringFetch() {
        clerk.answers(path -> {
            user("Bea", FETCHED_AT - 1);
            return Answer.of(200, StubClerk.user("user_1", "Ann", FETCHED_AT));
        });
        assertThat(users.getOrFetch("user_1").orElseThrow().firstName()).isEqualTo("Ann");
        user("Cleo", FETCHED_AT + 1);
        user("Dora", FETCHED_AT - 1);
        assertThat(users.getOrFetch("user_1").orElseThrow().firstName()).isEqualTo("Cleo");
    }

    @ParameterizedTest
    @EnumSource(Deletes.class)
    void keepsUserDeletedDuringFetch(Deletes deletes) {
        open(MirrorSettings.DEFAULT.withDeletes(deletes), FetchSettings.DEFAULT, Handlers.none());
        clerk.answers(path -> {
            event("user.deleted", FETCHED_AT, "{'id':'user_1'}");
            return Answer.of(200, StubClerk.user("user_1", "Ann", FETCHED_AT + 9));
        });
        assertThat(users.getOrFetch("user_1")).isEmpty();
        assertThat(users.find("user_1")).isEmpty();
        assertThat(users.getOrFetch("user_1")).isEmpty();
        assertThat(clerk.paths()).hasSize(1);
        assertThat(Rows.count(bench.database(), "clerk_user_email_addresses")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Deletes.class)
    void doesNotFetchDeletedUser(Deletes deletes) {
        open(MirrorSettings.DEFAULT.withDeletes(deletes), FetchSettings.DEFAULT, Handlers.none());
        event("user.deleted", FETCHED_AT, "{'id':'user_1'}");
        assertThat(users.getOrFetch("user_1")).isEmpty();
        assertThat(clerk.paths()).isEmpty();
    }

    @Test
    void remembersMissingUserForAWhile() {
        clerk.answers(path -> Answer.missing());
        assertThat(users.getOrFetch("user_1")).isEmpty();
        assertThat(users.getOrFetch("user_1")).isEmpty();
        assertThat(clerk.paths()).hasSize(1);
        assertThat(fetches("missing")).isEqualTo(1);
        assertThat(fetches("remembered")).isEqualTo(1);
        // An event makes the user available at once.
        user("Bea", FETCHED_AT);
        assertThat(users.getOrFetch("user_1")).isPresent();

        assertThat(users.getOrFetch("user_2")).isEmpty();
        bench.clock.advance(Duration.ofSeconds(60));
        clerk.answers(path -> Answer.of(200, StubClerk.user("user_2", "Ann", FETCHED_AT)));
        assertThat(users.getOrFetch("user_2")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sharesOneRequestBetweenConcurrentCalls(boolean known) throws Exception {
        CountDownLatch asking = new CountDownLatch(12);
        clerk.answers(path -> {
            asking.await(20, TimeUnit.SECONDS);
            return known ? Answer.of(200, StubClerk.user("user_1", "Ann", FETCHED_AT)) : Answer.missing();
        });
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Future<Optional<ClerkUser>>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(threads.submit(() -> {
                    asking.countDown();
                    return users.getOrFetch("user_1");
                }));
            }
            for (Future<Optional<ClerkUser>> one : all) {
                assertThat(one.get(20, TimeUnit.SECONDS).isPresent()).isEqualTo(known);
            }
            assertThat(clerk.paths()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../organizations", "user_1?x", "user_1/..", "user_\u00fc", "org_1", "user_1\r\nX: y"})
    void neverRequestsInvalidId(String hostile) {
        assertThat(users.getOrFetch(hostile)).isEmpty();
        assertThat(users.getOrFetch("user_" + "1".repeat(300))).isEmpty();
        assertThat(ClerkUsers.of(bench.database(), MirrorSettings.DEFAULT).getOrFetch(hostile))
                .isEmpty();
        assertThat(clerk.paths()).isEmpty();
    }
}
