package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static io.github.bellhop.simulator.clerk.Simulated.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.fixture.LinkedAccount;
import io.github.bellhop.simulator.http.ApiJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * After any series of changes, the events contain everything that the Backend API returns, except for values whose
 * changes emit no event.
 */
class EventsTellEverythingTest {
    private static final List<String> SILENT_KEYS = List.of("last_active_at", "last_sign_in_at");

    private final Simulated simulated = new Simulated(true);
    private final ClerkInstance instance = simulated.instance;
    private final long seed = Long.getLong("bellhop.test.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<String> users = new ArrayList<>();
    private final List<String> organizations = new ArrayList<>();

    @Test
    void eventsReflectAnyHistory() {
        for (int i = 0; i < 1500; i++) {
            simulated.clock.move(Duration.ofMillis(random.nextInt(3)));
            try {
                change(random.nextInt(12));
            } catch (ClerkRefusedException refused) {
                assertThat(refused.status()).isBetween(400, 422);
            }
        }
        Map<String, JsonNode> fromEvents = fromEvents();
        PageRequest all = PageRequest.newest(Integer.MAX_VALUE, 0);
        List<ObjectNode> alive =
                new ArrayList<>(instance.users().list(all, each -> true).rows());
        alive.addAll(instance.organizations().list(all, false, each -> true).rows());
        List<ObjectNode> members = instance.memberships().list(all).rows();
        assertThat(alive).hasSizeGreaterThan(100);
        assertThat(members).isNotEmpty();
        assertThat(fromEvents).as("seed %s", seed).hasSize(alive.size() + members.size());
        for (ObjectNode entity : alive) {
            assertThat(withoutSilentChanges(fromEvents.get(id(entity))))
                    .as("seed %s", seed)
                    .isEqualTo(withoutSilentChanges(entity));
        }
        for (ObjectNode member : members) {
            JsonNode last = Objects.requireNonNull(fromEvents.get(id(member)));
            for (String key : List.of("role", "permissions", "public_metadata", "created_at", "updated_at")) {
                assertThat(last.path(key)).as("seed %s: %s", seed, key).isEqualTo(member.path(key));
            }
        }
    }

    private static JsonNode withoutSilentChanges(JsonNode entity) {
        return ((ObjectNode) entity.deepCopy()).remove(SILENT_KEYS);
    }

    private void change(int kind) {
        switch (kind) {
            case 0 -> users.add(simulated.user());
            case 1 -> organizations.add(simulated.organization(anyOf(users)));
            case 2 ->
                instance.users().update(anyOf(users), params("{'first_name':'F%d'}".formatted(random.nextInt(3))));
            case 3 ->
                instance.users()
                        .mergeMetadata(
                                anyOf(users), params("{'public_metadata':{'n':%d}}".formatted(random.nextInt(3))));
            case 4 -> instance.sessions().signIn(anyOf(users));
            case 5 -> instance.memberships().create(anyOf(organizations), anyOf(users), Roles.MEMBER);
            case 6 -> instance.memberships().changeRole(anyOf(organizations), anyOf(users), Roles.ADMIN);
            case 7 -> instance.memberships().delete(anyOf(organizations), anyOf(users));
            case 8 ->
                instance.organizations()
                        .update(anyOf(organizations), params("{'name':'N%d'}".formatted(random.nextInt(3))));
            case 9 -> instance.externalAccounts().link(anyOf(users), LinkedAccount.GITHUB);
            case 10 -> instance.users().ban(anyOf(users));
            default -> delete();
        }
    }

    private void delete() {
        if (random.nextInt(4) == 0) {
            instance.users().delete(anyOf(users));
        } else if (random.nextInt(4) == 0) {
            instance.organizations().delete(anyOf(organizations));
        }
    }

    private String anyOf(List<String> ids) {
        return ids.isEmpty() ? "none" : ids.get(random.nextInt(ids.size()));
    }

    private Map<String, JsonNode> fromEvents() {
        Map<String, JsonNode> fromEvents = new HashMap<>();
        for (EmittedEvent event : simulated.events.events()) {
            String id = Objects.requireNonNull(event.entityId());
            if (event.type().endsWith(".deleted")) {
                fromEvents.remove(id);
            } else if (!event.type().startsWith("session")) {
                fromEvents.put(id, ApiJson.read(event.payload()).path("data"));
            }
        }
        return fromEvents;
    }
}
