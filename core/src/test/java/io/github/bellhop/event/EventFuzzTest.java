package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parses random mutations of the payloads of all types, as strangers could send them. */
class EventFuzzTest {
    private static final int ROUNDS = 300;

    private static final List<String> FRAGMENTS = List.of(
            "null",
            "{}",
            "[]",
            "[null]",
            "\"\"",
            "1e999999999",
            "-0",
            "0.0",
            "99999999999999999999999",
            "true",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\uFEFF",
            "\"id\":",
            "\"data\":{},",
            "\"type\":",
            "[".repeat(600),
            "{\"a\":".repeat(400),
            "1".repeat(2000));

    @ParameterizedTest
    @EnumSource
    void throwsOnlyUnreadablePayloadException(EventType type) {
        long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] sample = SamplePayloads.bytes(SamplePayloads.of(type));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutate(sample, random);
            try {
                ClerkEvent event = EventParser.parse("msg_1", mutant);
                assertThat(event.payload()).isEqualTo(mutant);
                assertThat(event.toString()).doesNotContain(SamplePayloads.SECRET);
            } catch (UnreadablePayloadException refused) {
                assertThat(refused.getMessage()).doesNotContain(SamplePayloads.SECRET);
            } catch (RuntimeException | Error failure) {
                fail("round " + round + " with -Dbellhop.test.seed=" + seed, failure);
            }
        }
    }

    /** Applies one to three changes. Half of them replace a whole value, which keeps the JSON well-formed. */
    private static byte[] mutate(byte[] sample, Random random) {
        String text = new String(sample, StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
            int at = random.nextInt(text.length());
            int key = text.indexOf("\":", at);
            if (random.nextBoolean() && key >= 0) {
                text = text.substring(0, key + 2) + fragment + text.substring(endOfValue(text, key + 2));
            } else {
                int to = Math.min(text.length(), at + random.nextInt(4));
                text = text.substring(0, at) + fragment + text.substring(to);
            }
        }
        byte[] mutant = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return mutant;
    }

    /**
     * Returns the approximate end of the value that starts there: the next comma or closing bracket on the same level.
     */
    private static int endOfValue(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && depth == 0 && (c == ',' || c == '}' || c == ']')) {
                return at;
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return text.length();
    }
}
