package io.github.bellhop;

import static io.github.bellhop.signature.TestDelivery.ID;
import static io.github.bellhop.signature.TestDelivery.NOW;
import static io.github.bellhop.signature.TestDelivery.OTHER_SECRET;
import static io.github.bellhop.signature.TestDelivery.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.UnknownEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.RejectionReason;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.signature.TestDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClerkWebhooksTest {
    private static final String PRIVATE = "jane.doe@example.com";
    private static final String USER = "{\"type\":\"user.created\",\"object\":\"event\",\"timestamp\":1800000000123,"
            + "\"instance_id\":\"ins_1\",\"data\":{\"id\":\"user_1\",\"first_name\":\"" + PRIVATE + "\"}}";

    private final TestDelivery delivery = TestDelivery.of(USER);
    private final WebhookVerifier webhooks = webhooksAt(NOW, SECRET);

    @Test
    void returnsTypedEvent() {
        ClerkEvent event = webhooks.verify(delivery.headers(), delivery.body()).orThrow();
        assertThat(event).isInstanceOfSatisfying(UserEvent.Created.class, created -> {
            assertThat(created.data().id()).isEqualTo("user_1");
            assertThat(created.meta().messageId()).isEqualTo(ID);
            assertThat(created.meta().occurredAt()).isEqualTo(Instant.ofEpochMilli(1_800_000_000_123L));
            assertThat(created.payload()).isEqualTo(delivery.body());
        });
    }

    @Test
    void acceptsHeadersFromLookupFunction() {
        WebhookOutcome outcome =
                webhooks.verify(name -> delivery.headers().getOrDefault(name, List.of()), delivery.body());
        assertThat(outcome).isInstanceOf(WebhookOutcome.Received.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"svix-id", "svix-timestamp", "svix-signature"})
    void refusesMissingHeader(String header) {
        WebhookOutcome.Refused refused = refusal(delivery.with(header));
        assertThat(refused.reason()).isEqualTo("missing-headers");
        assertThat(refused.detail()).isEqualTo("missing: " + header);
        assertThat(refused.hint()).isEqualTo(RejectionReason.MISSING_HEADERS.hint());
    }

    @Test
    void refusesSignatureOfAnotherSecret() {
        assertThat(reason(webhooksAt(NOW, OTHER_SECRET), delivery)).isEqualTo("no-matching-signature");
    }

    @ParameterizedTest
    @CsvSource({"301, timestamp-too-old", "300, received", "-300, received", "-301, timestamp-too-new"})
    void refusesTimestampOutsideTolerance(long age, String outcome) {
        assertThat(reason(webhooksAt(NOW.plusSeconds(age), SECRET), delivery)).isEqualTo(outcome);
    }

    @Test
    void acceptsEitherSecretDuringRotation() {
        WebhookVerifier both = webhooksAt(NOW, OTHER_SECRET + " , " + SECRET);
        TestDelivery older =
                TestDelivery.signed(OTHER_SECRET, ID, NOW.getEpochSecond(), USER.getBytes(StandardCharsets.UTF_8));
        assertThat(reason(both, delivery)).isEqualTo("received");
        assertThat(reason(both, older)).isEqualTo("received");
        assertThat(reason(webhooks, older)).isEqualTo("no-matching-signature");
    }

    @Test
    void refusesBodyChangedByOneByte() {
        byte[] changed = delivery.body();
        changed[changed.length - 3]++;
        assertThat(reason(webhooks, delivery.withBody(changed))).isEqualTo("no-matching-signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not-json          | {\"type\":\"user.created\",}",
                "not-json          | {\"type\":",
                "not-a-json-object | [1]",
                "not-a-json-object | \"text\"",
                "not-a-json-object | null",
                "not-a-json-object | {} {}",
            })
    void refusesVerifiedPayloadThatIsNotAJsonObject(String reason, String payload) {
        assertThat(reason(webhooks, TestDelivery.of(payload))).isEqualTo(reason);
    }

    @Test
    void refusesByteOrderMarkAndInvalidUtf8() {
        assertThat(reason(webhooks, TestDelivery.of("\uFEFF" + USER))).isEqualTo("byte-order-mark");
        assertThat(reason(webhooks, TestDelivery.of(USER.getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo("not-utf-8");
    }

    @Test
    void checksSignatureBeforePayload() {
        TestDelivery broken = TestDelivery.of("not json");
        assertThat(reason(webhooksAt(NOW, OTHER_SECRET), broken)).isEqualTo("no-matching-signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"success\":true}", "{\"type\":7}", "{\"type\":\"user.teleported\"}"})
    void returnsUnknownEventForUnknownType(String payload) {
        TestDelivery unknown = TestDelivery.of(payload);
        assertThat(webhooks.verify(unknown.headers(), unknown.body()).orThrow())
                .isInstanceOf(UnknownEvent.class)
                .extracting(ClerkEvent::payload)
                .isEqualTo(unknown.body());
    }

    @Test
    void orThrowThrowsExceptionWithReason() {
        WebhookOutcome outcome = webhooks.verify(delivery.with("svix-signature").headers(), delivery.body());
        assertThatThrownBy(outcome::orThrow).isInstanceOfSatisfying(WebhookRefusedException.class, refused -> {
            assertThat(refused.code()).isEqualTo("missing-headers");
            assertThat(refused.detail()).isEqualTo("missing: svix-signature");
            assertThat(refused.hint()).isEqualTo(RejectionReason.MISSING_HEADERS.hint());
            assertThat(refused).hasMessageContaining(refused.detail()).hasMessageContaining(refused.hint());
        });
    }

    @Test
    void verifiesWithGivenSecret() {
        TestDelivery fresh = TestDelivery.signed(SECRET, ID, Instant.now().getEpochSecond(), delivery.body());
        assertThat(ClerkWebhooks.verify(fresh.headers(), fresh.body(), SECRET))
                .isInstanceOf(WebhookOutcome.Received.class);
        assertThat(ClerkWebhooks.verify(fresh.headers(), fresh.body(), OTHER_SECRET))
                .isInstanceOf(WebhookOutcome.Refused.class);
    }

    @Test
    void readsSecretsFromEnvironment() {
        Map<String, String> environment =
                Map.of("CLERK_WEBHOOK_SIGNING_SECRET", " " + OTHER_SECRET + " , " + SECRET + " ", "OTHER", "x");
        TestDelivery fresh = TestDelivery.signed(SECRET, ID, Instant.now().getEpochSecond(), delivery.body());
        assertThat(reason(ClerkWebhooks.fromEnvironment(environment::get), fresh))
                .isEqualTo("received");
        assertThat(reason(
                        ClerkWebhooks.fromEnvironment(name -> name.startsWith("CLERK_") ? OTHER_SECRET : null), fresh))
                .isEqualTo("no-matching-signature");
    }

    @Test
    void namesSettingAndFixIfSecretIsMissing() {
        for (String value : new String[] {null, "", "  "}) {
            assertThatThrownBy(() -> ClerkWebhooks.fromEnvironment(name -> value))
                    .isInstanceOfSatisfying(
                            InvalidSecretException.class,
                            missing -> assertThat(missing.code()).isEqualTo("secret-missing"))
                    .hasMessageContaining("CLERK_WEBHOOK_SIGNING_SECRET")
                    .hasMessageContaining("Clerk Dashboard");
        }
    }

    @Test
    void namesSettingIfSecretIsUnusable() {
        assertThatThrownBy(() -> ClerkWebhooks.fromEnvironment(name -> "sk_test_NeverShowThis"))
                .isInstanceOf(InvalidSecretException.class)
                .hasMessageContaining("CLERK_WEBHOOK_SIGNING_SECRET")
                .hasMessageContaining("API keys")
                .hasMessageNotContaining("NeverShowThis");
    }

    @Test
    void showsNeitherSecretNorPayloadInMessages() {
        byte[] broken = (USER + PRIVATE).getBytes(StandardCharsets.UTF_8);
        TestDelivery unreadable = TestDelivery.of(broken);
        String key = SECRET.substring(6);
        for (WebhookOutcome outcome : new WebhookOutcome[] {
            webhooks.verify(unreadable.headers(), unreadable.body()),
            webhooks.verify(delivery.headers(), broken),
            webhooksAt(NOW.plusSeconds(999), SECRET).verify(delivery.headers(), delivery.body()),
            webhooks.verify(delivery.with("svix-id", PRIVATE).headers(), delivery.body()),
            webhooks.verify(delivery.with("svix-timestamp", PRIVATE).headers(), delivery.body()),
        }) {
            assertThat(outcome.toString()).doesNotContain(PRIVATE).doesNotContain(key);
            assertThatThrownBy(outcome::orThrow)
                    .isInstanceOf(WebhookRefusedException.class)
                    .hasNoCause()
                    .hasMessageNotContaining(PRIVATE)
                    .hasMessageNotContaining(key);
        }
        assertThat(webhooks.verify(delivery.headers(), delivery.body()).toString())
                .contains("user.created")
                .doesNotContain(PRIVATE)
                .doesNotContain(key);
    }

    private WebhookOutcome.Refused refusal(TestDelivery bad) {
        return webhooks.verify(bad.headers(), bad.body())
                .fold(
                        received -> {
                            throw new AssertionError("should have been refused");
                        },
                        refused -> refused);
    }

    private static String reason(WebhookVerifier webhooks, TestDelivery delivery) {
        return webhooks.verify(delivery.headers(), delivery.body())
                .fold(received -> "received", WebhookOutcome.Refused::reason);
    }

    private static WebhookVerifier webhooksAt(Instant now, String secrets) {
        return ClerkWebhooks.with(SignatureVerifier.of(
                SigningSecret.parseList(secrets), InstantSource.fixed(now), SignatureVerifier.DEFAULT_TOLERANCE));
    }
}
