package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.mirror.PrivateData.Place;
import io.github.bellhop.sync.mirror.PrivateData.Treatment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks every view against the declaration of private properties. */
class PrivateDataTest {
    private static final String SECRET = "Zqx7secret123456";

    /** A private key and the event type to test it with. */
    record Case(PrivateData declared, String key, String type) {
        String payload(String value) {
            String property = "\"%s\":%s".formatted(key, value);
            String inner = declared.place() == Place.VERIFICATION ? "\"verification\":{" + property + "}" : property;
            return "{\"type\":\"%s\",\"data\":{\"id\":\"user_1\",\"first_name\":\"Ann\",%s}}".formatted(type, inner);
        }
    }

    static Stream<Case> cases() {
        return Stream.of(PrivateData.values())
                .flatMap(declared -> declared.keys().stream()
                        .flatMap(key -> types(declared).map(type -> new Case(declared, key, type))));
    }

    /** Clerk's own spelling and others: private properties stay private in upper and lower case. */
    private static Stream<String> types(PrivateData declared) {
        return declared.place() == Place.MESSAGE
                ? Stream.of("email.created", "Email.created", "EMAIL.CREATED", "sms.created", "Sms.Created", "emails")
                : Stream.of("user.created", "email.created");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void treatsPrivatePropertiesAsDeclaredInEveryView(Case one) {
        for (PayloadView view : PayloadView.values()) {
            Treatment treatment = one.declared().in(view);
            for (String value : List.of("\"" + SECRET + "\"", "[\"" + SECRET + "\"]")) {
                byte[] payload = one.payload(value).getBytes(StandardCharsets.UTF_8);
                String shown = new ShownPayload(view, one.type(), payload).line();
                assertThat(shown).as("%s in %s: %s", one, view, shown).contains("Ann");
                assertThat(shown.contains(SECRET))
                        .as("%s in %s: %s", one, view, shown)
                        .isEqualTo(treatment == Treatment.KEEP);
                assertThat(shown.contains("\"" + one.key() + "\""))
                        .as("%s in %s: %s", one, view, shown)
                        .isEqualTo(treatment != Treatment.OMIT || one.key().equals("data"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void masksEveryDeclaredPropertyOnScreens(PrivateData declared) {
        assertThat(declared.in(PayloadView.WHOLE)).isEqualTo(Treatment.KEEP);
        assertThat(declared.in(PayloadView.SCREEN)).isEqualTo(Treatment.MASK);
        assertThat(declared.keys()).isNotEmpty();
    }

    /** Checks the {@code raw} column. */
    @ParameterizedTest
    @MethodSource("cases")
    void storesNoPrivatePropertiesInRaw(Case one) {
        if (one.declared().place() == Place.MESSAGE) {
            return;
        }
        for (boolean metadata : List.of(false, true)) {
            PayloadView view = metadata ? PayloadView.STORED_WITH_METADATA : PayloadView.STORED;
            String raw = raw(metadata, one.payload("\"" + SECRET + "\"").replace("email.created", "user.created"));
            assertThat(raw.contains(SECRET))
                    .as("%s in %s: %s", one, view, raw)
                    .isEqualTo(one.declared().in(view) == Treatment.KEEP);
        }
    }

    private static String raw(boolean metadata, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        MirrorSettings settings = MirrorSettings.DEFAULT
                .withRaw(TableChoice.ALL)
                .withPrivateMetadata(metadata ? TableChoice.ALL : TableChoice.NONE);
        Envelope envelope = EnvelopeReader.read(payload);
        Projection projection =
                Objects.requireNonNull(new Projector(settings).project("msg_1", envelope, Instant.EPOCH, payload));
        EntityRow row = projection.rows().get(0);
        return String.valueOf(row.values()[row.table().indexOf("raw")]);
    }
}
