package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.svix.SvixBench.Got;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private static final Instant BEFORE = SvixBench.NOON.minusSeconds(1);

    private final SvixBench bench = new SvixBench();
    private final Endpoint endpoint =
            bench.endpoint(EndpointSettings.to(SvixBench.URL).eventTypes(Set.of("user.created", "user.updated")));

    @Test
    void resendsWithTheSameIdIgnoringTheFilterAndWithoutRetries() {
        String excluded = bench.send("user.deleted", "{}");
        assertThat(bench.got).isEmpty();
        bench.clock.advance(Duration.ofSeconds(7));
        bench.answer = 500;
        bench.svix.attempts().resend(bench.app, excluded, endpoint.id());
        bench.svix.runDue();
        assertThat(bench.got).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo(excluded);
            assertThat(delivery.timestamp()).isEqualTo(SvixBench.NOON.plusSeconds(7));
        });
        assertThat(bench.attempts(excluded))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.trigger()).isEqualTo(Attempt.Trigger.MANUAL));
        assertThat(bench.status(excluded, endpoint)).isEqualTo(AttemptStatus.FAIL);
        assertThat(bench.svix.nextDue()).isNull();
    }

    @Test
    void cancelsTheScheduleAfterASuccessfulResend() {
        bench.answer = 500;
        String id = bench.send();
        bench.answer = 200;
        bench.svix.attempts().resend(bench.app, id, endpoint.id());
        bench.svix.runDue();
        assertThat(bench.status(id, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
        assertThat(bench.svix.nextDue()).isNull();
    }

    @Test
    void keepsScheduleAndSuccessAfterAFailedResend() {
        bench.answer = 500;
        String failing = bench.send();
        Instant due = bench.svix.nextDue();
        bench.svix.attempts().resend(bench.app, failing, endpoint.id());
        bench.svix.runDue();
        assertThat(bench.svix.nextDue()).isEqualTo(due);
        assertThat(bench.status(failing, endpoint)).isEqualTo(AttemptStatus.PENDING);
        bench.answer = 200;
        String fine = bench.send();
        bench.answer = 500;
        bench.svix.attempts().resend(bench.app, fine, endpoint.id());
        bench.svix.runDue();
        assertThat(bench.status(fine, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
    }

    @Test
    void rejectsResendWithoutPayload() {
        String deleted = bench.send();
        bench.svix.messages().deleteContent(bench.app, deleted);
        assertMissingPayload(deleted);
        String expired = bench.svix
                .messages()
                .create(bench.app, NewMessage.of("user.created", "{}").retention(Duration.ofHours(1)))
                .id();
        bench.svix.runDue();
        bench.clock.advance(Duration.ofMinutes(59));
        bench.svix.attempts().resend(bench.app, expired, endpoint.id());
        bench.clock.advance(Duration.ofMinutes(1));
        assertMissingPayload(expired);
        assertThat(bench.svix.messages().get(bench.app, expired).payload()).isNull();
    }

    @Test
    void recoversOnlyFailedMessages() {
        String fine = bench.send();
        bench.answer = 500;
        String old = bench.send();
        exhaust();
        Instant since = bench.clock.instant().plusSeconds(1);
        bench.clock.advance(Duration.ofMinutes(1));
        String failed = bench.send();
        exhaust();
        String pending = bench.send();
        bench.got.clear();
        bench.answer = 200;
        Replays.Task task = bench.svix.replays().recover(bench.app, endpoint.id(), since, null);
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::id).containsExactly(failed);
        assertThat(task.messages()).isEqualTo(1);
        assertThat(bench.svix.replays().task(task.id())).isEqualTo(task);
        assertThat(bench.status(failed, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
        assertThat(bench.status(old, endpoint)).isEqualTo(AttemptStatus.FAIL);
        assertThat(bench.status(pending, endpoint)).isEqualTo(AttemptStatus.PENDING);
        assertThat(bench.status(fine, endpoint)).isEqualTo(AttemptStatus.SUCCESS);
    }

    @Test
    void rejectsRecoveryOfMoreThanTwoWeeks() {
        assertThatThrownBy(() -> bench.svix
                        .replays()
                        .recover(bench.app, endpoint.id(), SvixBench.NOON.minus(Duration.ofDays(15)), null))
                .isInstanceOfSatisfying(
                        SvixException.class,
                        refused -> assertThat(refused.status()).isEqualTo(422));
    }

    @Test
    void replaysMatchingMessagesThatWereNeverDelivered() {
        String sent = bench.send();
        bench.send("user.deleted", "{}");
        String url = "http://127.0.0.1:1/new";
        Endpoint later = bench.endpoint(EndpointSettings.to(url).eventTypes(Set.of("user.created")));
        bench.got.clear();
        bench.svix.replays().replayMissing(bench.app, later.id(), BEFORE, null);
        bench.svix.replays().replayMissing(bench.app, endpoint.id(), BEFORE, null);
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::path, Got::id).containsExactly(tuple("/new", sent));
    }

    @Test
    void replaysMessagesThatMatchTheFilter() {
        String created = bench.send("user.created", "{}");
        bench.answer = 404;
        String updated = bench.send("user.updated", "{}");
        bench.answer = 200;
        assertBulk(Filter.ALL, created, updated);
        assertBulk(filter(Set.of("user.updated"), null, null), updated);
        assertBulk(filter(Set.of(), AttemptStatus.SUCCESS, null), created, updated);
        assertBulk(filter(Set.of(), null, 400), updated);
        assertBulk(filter(Set.of(), null, 500));
    }

    @Test
    void cancelsPendingMessagesCreatedBeforeATime() {
        bench.answer = 500;
        String old = bench.send();
        bench.clock.advance(Duration.ofSeconds(1));
        Instant between = bench.clock.instant();
        String young = bench.send();
        bench.svix.replays().cancel(bench.app, endpoint.id(), between);
        assertThat(bench.status(old, endpoint)).isEqualTo(AttemptStatus.CANCELED);
        assertThat(bench.status(young, endpoint)).isEqualTo(AttemptStatus.PENDING);
    }

    @Test
    void sendsExamplesToOnlyOneEndpoint() {
        bench.endpoint(EndpointSettings.to("http://127.0.0.1:1/other"));
        Message ping = bench.svix.messages().sendExample(bench.app, endpoint.id(), "svix.ping");
        bench.svix.messages().sendExample(bench.app, endpoint.id(), "session.created");
        bench.svix.runDue();
        assertThat(bench.got).hasSize(2).allMatch(delivery -> delivery.path().equals("/hook"));
        assertThat(ping.payload()).isEqualTo("{\"success\":true}");
        assertThat(bench.got.get(1).body()).contains("\"type\":\"session.created\"");
        assertThatThrownBy(() -> bench.svix.messages().sendExample(bench.app, endpoint.id(), "user.creatd"))
                .isInstanceOfSatisfying(
                        SvixException.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
        bench.svix.eventTypes().create("own.made", ApiJson.object().put("description", ""));
        assertThatThrownBy(() -> bench.svix.messages().sendExample(bench.app, endpoint.id(), "own.made"))
                .isInstanceOfSatisfying(
                        SvixException.class,
                        refused -> assertThat(refused.code()).isEqualTo("invalid_scheme"));
    }

    private void assertBulk(Filter filter, String... messages) {
        bench.got.clear();
        bench.svix.replays().bulkReplay(bench.app, endpoint.id(), BEFORE, null, filter);
        bench.svix.runDue();
        assertThat(bench.got).extracting(Got::id).containsExactly(messages);
    }

    private static Filter filter(Set<String> types, @Nullable AttemptStatus status, @Nullable Integer codeClass) {
        return new Filter(null, null, null, null, types, status, codeClass, null);
    }

    private void assertMissingPayload(String message) {
        assertThatThrownBy(() -> bench.svix.attempts().resend(bench.app, message, endpoint.id()))
                .isInstanceOfSatisfying(SvixException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.code()).isEqualTo("missing_payload");
                });
    }

    private void exhaust() {
        while (bench.svix.nextDue() != null) {
            bench.next();
        }
    }
}
