package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.svix.Svix;
import com.svix.SvixOptions;
import com.svix.api.ApplicationListOptions;
import com.svix.api.EndpointListOptions;
import com.svix.api.EventTypeListOptions;
import com.svix.api.MessageListOptions;
import com.svix.exceptions.ApiException;
import com.svix.models.AppPortalAccessIn;
import com.svix.models.ApplicationIn;
import com.svix.models.ApplicationOut;
import com.svix.models.ApplicationPatch;
import com.svix.models.BulkReplayIn;
import com.svix.models.EndpointHeadersIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.EndpointPatch;
import com.svix.models.EndpointSecretRotateIn;
import com.svix.models.EndpointUpdate;
import com.svix.models.EventExampleIn;
import com.svix.models.ListResponseApplicationOut;
import com.svix.models.ListResponseEndpointOut;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageAttemptTriggerType;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.MessageStatus;
import com.svix.models.RecoverIn;
import com.svix.models.ReplayIn;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.testing.SvixServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs Svix's own Java client, unmodified, against the simulator. */
class JavaClientTest {
    private static final String URL = "http://127.0.0.1:1/in-process";
    private static final Duration SOON = Duration.ofSeconds(10);

    private final SvixServer server =
            SvixServer.standing(SvixSettings.of(InstantSource.system(), new SplittableRandom(3)));
    private final Svix svix = client("testsk_simulator");
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;
    private ApplicationOut app = new ApplicationOut();
    private EndpointOut endpoint = new EndpointOut();

    private Svix client(String token) {
        SvixOptions options = new SvixOptions();
        options.setServerUrl(server.url());
        return new Svix(token, options);
    }

    @BeforeEach
    void createEndpoint() throws Exception {
        server.service().connect(URI.create(URL), (headers, body) -> {
            received.add(headers.get("svix-id") + " " + headers.get("x-own"));
            return status;
        });
        app = svix.getApplication().create(new ApplicationIn().name("Java").uid("java-1"));
        endpoint = svix.getEndpoint()
                .create(
                        app.getId(),
                        new EndpointIn()
                                .url(URI.create(URL))
                                .filterTypes(Set.of("user.created", "user.updated"))
                                .metadata(Map.of("a", "b")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void managesApplications() throws Exception {
        assertThat(svix.getApplication().get("java-1")).isEqualTo(app);
        assertThat(svix.getApplication()
                        .getOrCreate(new ApplicationIn().name("Other").uid("java-1")))
                .isEqualTo(app);
        assertCode(
                409,
                () -> svix.getApplication()
                        .create(new ApplicationIn().name("Twice").uid("java-1")));
        assertThat(svix.getApplication()
                        .patch(app.getId(), new ApplicationPatch().name("Patched"))
                        .getName())
                .isEqualTo("Patched");
        assertThat(svix.getApplication()
                        .update(app.getId(), new ApplicationIn().name("Updated"))
                        .getUid())
                .isNull();
        ApplicationOut second = svix.getApplication().create(new ApplicationIn().name("Second"));
        ApplicationListOptions one = new ApplicationListOptions();
        one.setLimit(1L);
        ListResponseApplicationOut first = svix.getApplication().list(one);
        assertThat(first.getData()).extracting(ApplicationOut::getId).containsExactly(app.getId());
        assertThat(first.getDone()).isFalse();
        one.setIterator(first.getIterator());
        assertThat(svix.getApplication().list(one).getData()).containsExactly(second);
        svix.getApplication().delete(second.getId());
        assertCode(404, () -> svix.getApplication().get(second.getId()));
        assertCode(401, () -> client("testsk_stranger").getApplication().list());
    }

    @Test
    void managesEndpoints() throws Exception {
        assertThat(endpoint.getFilterTypes()).containsExactlyInAnyOrder("user.created", "user.updated");
        assertThat(svix.getEndpoint().get(app.getId(), endpoint.getId())).isEqualTo(endpoint);
        ApiException refused = catchThrowableOfType(
                ApiException.class,
                () -> svix.getEndpoint()
                        .create(
                                app.getId(),
                                new EndpointIn().url(URI.create(URL)).filterTypes(Set.of("user.creatd"))));
        assertThat(refused.getCode()).isEqualTo(422);
        assertThat(refused.getResponseBody()).contains("The following event types don't exist: user.creatd");
        assertThat(svix.getEndpoint()
                        .patch(app.getId(), endpoint.getId(), new EndpointPatch().description("patched"))
                        .getFilterTypes())
                .isEqualTo(endpoint.getFilterTypes());
        EndpointOut updated = svix.getEndpoint()
                .update(app.getId(), endpoint.getId(), new EndpointUpdate().url(URI.create(URL + "/2")));
        assertThat(updated.getUrl()).isEqualTo(URI.create(URL + "/2"));
        assertThat(updated.getFilterTypes()).isNull();
        EndpointOut second = svix.getEndpoint().create(app.getId(), new EndpointIn().url(URI.create(URL)));
        EndpointListOptions one = new EndpointListOptions();
        one.setLimit(1L);
        ListResponseEndpointOut first = svix.getEndpoint().list(app.getId(), one);
        assertThat(first.getData()).extracting(EndpointOut::getId).containsExactly(second.getId());
        one.setIterator(first.getIterator());
        assertThat(svix.getEndpoint().list(app.getId(), one).getData())
                .extracting(EndpointOut::getId)
                .containsExactly(endpoint.getId());
        String secret =
                svix.getEndpoint().getSecret(app.getId(), endpoint.getId()).getKey();
        svix.getEndpoint()
                .rotateSecret(app.getId(), endpoint.getId(), new EndpointSecretRotateIn().gracePeriodSeconds(60));
        assertThat(svix.getEndpoint().getSecret(app.getId(), endpoint.getId()).getKey())
                .startsWith("whsec_")
                .isNotEqualTo(secret);
        svix.getEndpoint().delete(app.getId(), endpoint.getId());
        assertCode(404, () -> svix.getEndpoint().get(app.getId(), endpoint.getId()));
    }

    @Test
    void listsClerksEventTypes() throws Exception {
        EventTypeListOptions all = new EventTypeListOptions();
        all.setLimit(250L);
        assertThat(svix.getEventType().list(all).getData()).hasSize(46);
        assertThat(svix.getEventType().get("user.created").getName()).isEqualTo("user.created");
    }

    @Test
    void sendsMessages() throws Exception {
        svix.getEndpoint()
                .updateHeaders(app.getId(), endpoint.getId(), new EndpointHeadersIn().headers(Map.of("X-Own", "one")));
        String payload = "{\"type\":\"user.created\",\"n\":1.10,\"text\":\"Zo\u00eb\"}";
        MessageOut message = svix.getMessage()
                .create(
                        app.getId(),
                        new MessageIn()
                                .eventType("user.created")
                                .eventId("evt-1")
                                .tags(Set.of("t1"))
                                .payload(payload));
        svix.getMessage()
                .create(app.getId(), new MessageIn().eventType("user.deleted").payload("{}"));
        assertThat(server.service().awaitIdle(SOON)).isTrue();
        assertThat(received).containsExactly(message.getId() + " one");
        assertThat(server.service().messages().get(app.getId(), "evt-1").payload())
                .isEqualTo(payload);
        assertThat(svix.getMessage().get(app.getId(), "evt-1").getId()).isEqualTo(message.getId());
        assertCode(
                409,
                () -> svix.getMessage()
                        .create(
                                app.getId(),
                                new MessageIn().eventType("a").eventId("evt-1").payload("{}")));
        MessageListOptions tagged = new MessageListOptions();
        tagged.setTag("t1");
        assertThat(svix.getMessage().list(app.getId(), tagged).getData())
                .extracting(MessageOut::getId)
                .containsExactly(message.getId());
        MessageAttemptOut attempt = onlyAttempt(message.getId());
        assertThat(attempt.getStatus()).isEqualTo(MessageStatus.SUCCESS);
        assertThat(attempt.getResponseStatusCode().intValue()).isEqualTo(200);
        assertThat(attempt.getTriggerType()).isEqualTo(MessageAttemptTriggerType.SCHEDULED);
        assertThat(svix.getMessageAttempt()
                        .get(app.getId(), message.getId(), attempt.getId())
                        .getEndpointId())
                .isEqualTo(endpoint.getId());
        assertThat(svix.getMessageAttempt()
                        .listByEndpoint(app.getId(), endpoint.getId())
                        .getData())
                .hasSize(1);
        assertThat(svix.getMessageAttempt()
                        .listAttemptedMessages(app.getId(), endpoint.getId())
                        .getData())
                .singleElement()
                .satisfies(item -> assertThat(item.getStatus()).isEqualTo(MessageStatus.SUCCESS));
        assertThat(svix.getMessageAttempt()
                        .listAttemptedDestinations(app.getId(), message.getId())
                        .getData())
                .hasSize(1);
        svix.getMessage().expungeContent(app.getId(), message.getId());
        assertThat(server.service().messages().get(app.getId(), "evt-1").payload())
                .isNull();
    }

    @Test
    void resendsMessages() throws Exception {
        status = 500;
        MessageOut message = svix.getMessage()
                .create(app.getId(), new MessageIn().eventType("user.created").payload("{}"));
        assertThat(server.service().awaitIdle(SOON)).isTrue();
        assertThat(onlyAttempt(message.getId()).getStatus()).isEqualTo(MessageStatus.FAIL);
        status = 200;
        OffsetDateTime since = OffsetDateTime.now(ZoneOffset.UTC).minusHours(1);
        assertThat(svix.getEndpoint()
                        .bulkReplay(app.getId(), endpoint.getId(), new BulkReplayIn().since(since))
                        .getTask()
                        .getValue())
                .isEqualTo("endpoint.bulk-replay");
        assertThat(server.service().awaitIdle(SOON)).isTrue();
        assertThat(received).hasSize(2);
        svix.getEndpoint().recover(app.getId(), endpoint.getId(), new RecoverIn().since(since));
        String task = svix.getEndpoint()
                .replayMissing(app.getId(), endpoint.getId(), new ReplayIn().since(since))
                .getId();
        assertThat(svix.getBackgroundTask().get(task).getStatus().getValue()).isEqualTo("finished");
        assertThat(server.service().awaitIdle(SOON)).isTrue();
        assertThat(received).hasSize(2);
        MessageOut example = svix.getEndpoint()
                .sendExample(app.getId(), endpoint.getId(), new EventExampleIn().eventType("session.created"));
        assertThat(server.service().awaitIdle(SOON)).isTrue();
        assertThat(received).last().isEqualTo(example.getId() + " null");
        assertThat(svix.getEndpoint().getStats(app.getId(), endpoint.getId()).getSuccess())
                .isEqualTo(2);
        assertThat(svix.getAuthentication()
                        .appPortalAccess(app.getId(), new AppPortalAccessIn())
                        .getUrl()
                        .toString())
                .startsWith(server.url());
    }

    /**
     * The client has a bug: it passes OkHttp a POST without a body. This test will fail with a newer client that can
     * resend.
     */
    @Test
    void cannotResend() {
        assertThatThrownBy(() -> svix.getMessageAttempt().resend(app.getId(), "msg_1", endpoint.getId()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have a request body");
    }

    private MessageAttemptOut onlyAttempt(String message) throws Exception {
        List<MessageAttemptOut> attempts =
                svix.getMessageAttempt().listByMsg(app.getId(), message).getData();
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }

    @FunctionalInterface
    private interface Call {
        Object make() throws Exception;
    }

    private static void assertCode(int code, Call call) {
        assertThat(catchThrowableOfType(ApiException.class, call::make).getCode())
                .isEqualTo(code);
    }
}
