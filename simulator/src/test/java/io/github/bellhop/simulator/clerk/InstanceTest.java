package io.github.bellhop.simulator.clerk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Changes.Change;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InstanceTest {
    @Test
    void sameCallsProduceTheSameBytes() {
        List<EmittedEvent> first = everything();
        List<EmittedEvent> second = everything();
        assertThat(first).hasSizeGreaterThan(60);
        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(Arrays.equals(first.get(i).payload(), second.get(i).payload()))
                    .as("%s", first.get(i))
                    .isTrue();
        }
    }

    private static List<EmittedEvent> everything() {
        List<EmittedEvent> events = new ArrayList<>();
        for (Change change : Changes.all().values()) {
            Simulated simulated = new Simulated();
            change.action().accept(simulated);
            events.addAll(simulated.events.events());
        }
        return events;
    }

    @Test
    void startsWithClerksRolesAndPermissions() {
        Simulated simulated = new Simulated();
        PageRequest all = PageRequest.newest(50, 0);
        assertThat(simulated.instance.roles().list(all, each -> true).rows())
                .extracting(role -> role.path("key").stringValue())
                .containsExactly(Roles.MEMBER, Roles.ADMIN);
        assertThat(simulated.instance.permissions().list(all, each -> true).rows())
                .allMatch(permission -> permission.path("type").stringValue().equals("system"))
                .hasSize(8);
        assertThat(simulated.events.events()).isEmpty();
    }

    @Test
    void seedsWithOrWithoutEvents() {
        Simulated silent = new Simulated();
        silent.instance.seed(20, 3, false);
        Simulated withEvents = new Simulated();
        withEvents.instance.seed(20, 3, true);
        assertThat(silent.events.events()).isEmpty();
        assertThat(withEvents.events.events()).hasSize(20 + 3 + 15);
        for (Simulated simulated : List.of(silent, withEvents)) {
            assertThat(simulated.instance.users().count(each -> true)).isEqualTo(20);
            assertThat(simulated
                            .instance
                            .memberships()
                            .list(PageRequest.newest(1, 0))
                            .total())
                    .isEqualTo(15);
        }
        silent.user();
        assertThat(silent.events.types()).containsExactly("user.created");
    }

    @Test
    void keepsEventsInOrderOfChangesAcrossThreads() throws Exception {
        Simulated simulated = new Simulated();
        String shared = simulated.user();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String name = "name" + thread;
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        simulated
                                .instance
                                .users()
                                .update(shared, ApiJson.object().put("first_name", name + i));
                        simulated.user();
                    }
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Map<String, Long> latest = new HashMap<>();
        for (EmittedEvent event : simulated.events.events()) {
            JsonNode data = ApiJson.read(event.payload()).path("data");
            long updated = data.path("updated_at").longValue();
            assertThat(updated).isGreaterThan(latest.getOrDefault(event.entityId(), 0L));
            latest.put(String.valueOf(event.entityId()), updated);
        }
        assertThat(latest).hasSize(201);
    }
}
