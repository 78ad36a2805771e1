package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.simulator.svix.SvixBench.Got;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Tests what is kept in memory and what is dropped. */
@Isolated("Needs most of the heap.")
class MemoryTest {
    @Test
    void keepsTheNewestCompletedMessages() {
        SvixBench bench = new SvixBench(settings -> settings.keptMessages(3));
        Endpoint endpoint = bench.endpoint();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(bench.send());
        }
        assertThat(kept(bench)).containsExactly(sent.get(4), sent.get(3), sent.get(2));
        assertThat(bench.svix
                        .attempts()
                        .ofEndpoint(bench.app, endpoint.id(), Filter.ALL, PageQuery.first())
                        .data())
                .hasSize(3);
        assertThatThrownBy(() -> bench.svix.messages().get(bench.app, sent.get(1)))
                .isInstanceOfSatisfying(
                        SvixException.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void keepsPendingMessages() {
        SvixBench bench = new SvixBench(settings -> settings.keptMessages(2));
        bench.endpoint();
        bench.answer = 500;
        String pending = bench.send();
        bench.answer = 200;
        bench.svix.messages().create(bench.app, NewMessage.of("a", "{}").eventId("evt-1"));
        for (int i = 0; i < 4; i++) {
            bench.send();
        }
        assertThat(kept(bench)).hasSize(2).contains(pending);
        bench.next();
        assertThat(bench.got).last().extracting(Got::id).isEqualTo(pending);
        // The event id of a dropped message can be used again.
        bench.svix.messages().create(bench.app, NewMessage.of("a", "{}").eventId("evt-1"));
        bench.send();
        assertThat(kept(bench)).hasSize(2).doesNotContain(pending);
    }

    @Test
    void dropsMessagesWithoutAnEndpoint() {
        SvixBench bench = new SvixBench(settings -> settings.keptMessages(2));
        for (int i = 0; i < 5; i++) {
            bench.send();
        }
        assertThat(kept(bench)).hasSize(2);
    }

    /** Without a limit, this test would need 1.2 GB in a JVM that has 1 GB. */
    @Test
    void boundsMemory() {
        SvixBench bench = new SvixBench(settings -> settings.keptMessages(100));
        bench.svix.connect(URI.create(SvixBench.URL), (headers, body) -> 200);
        bench.svix.endpoints().create(bench.app, EndpointSettings.to(SvixBench.URL));
        String payload = "{\"text\":\"" + "x".repeat(200_000) + "\"}";
        for (int i = 0; i < 6_000; i++) {
            bench.svix.messages().create(bench.app, NewMessage.of("user.created", payload));
            bench.svix.runDue();
        }
        assertThat(kept(bench)).hasSize(50);
        assertThat(bench.svix.chaos().report().answers().values()).hasSize(1);
    }

    private static List<String> kept(SvixBench bench) {
        return bench.svix.messages().list(bench.app, Filter.ALL, PageQuery.first()).data().stream()
                .map(Message::id)
                .toList();
    }
}
