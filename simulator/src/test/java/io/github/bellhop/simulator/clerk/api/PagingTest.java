package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PagingTest {
    private final Simulated simulated = new Simulated();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock));
    private final List<String> created = new ArrayList<>();

    @BeforeEach
    void createUsers() {
        for (int i = 0; i < 12; i++) {
            created.add(Simulated.id(calls.post("/users", "{'username':'user%02d'}".formatted(i))));
            // Half of the users are created in the same millisecond as the previous user.
            simulated.clock.move(Duration.ofMillis(i % 2));
        }
    }

    @Test
    void listsTheNewestTenFirst() {
        List<String> ids = Calls.texts(calls.get("/users"), "id");
        assertThat(ids).hasSize(10).first().isEqualTo(created.get(11));
        assertThat(Calls.texts(calls.get("/users?offset=10"), "id")).containsExactly(created.get(1), created.get(0));
        assertThat(Calls.texts(calls.get("/users?order_by=+created_at&limit=2"), "id"))
                .containsExactly(created.get(0), created.get(1));
        assertThat(Calls.texts(calls.get("/users?order_by= created_at&limit=1"), "id"))
                .as("an unencoded plus sign")
                .containsExactly(created.get(0));
    }

    @Test
    void listsUserWithAnOldCreationTimeLast() {
        String imported =
                Simulated.id(calls.post("/users", "{'username':'imported','created_at':'2020-01-31T12:00:00Z'}"));
        assertThat(Calls.texts(calls.get("/users?offset=11"), "id")).containsExactly(created.get(0), imported);
    }

    @Test
    void ordersByTheGivenKey() {
        calls.call("PATCH", "/users/" + created.get(3), "{'first_name':'Zoe'}");
        simulated.clock.move(Duration.ofSeconds(1));
        calls.call("PATCH", "/users/" + created.get(5), "{'first_name':'Yan'}");
        assertThat(Calls.texts(calls.get("/users?order_by=-updated_at&limit=2"), "id"))
                .containsExactly(created.get(5), created.get(3));
        assertThat(Calls.texts(calls.get("/users?order_by=-username&limit=2"), "username"))
                .containsExactly("user11", "user10");
        assertThat(Calls.texts(calls.get("/users?order_by=first_name&offset=10"), "first_name"))
                .containsExactly("Yan", "Zoe");
        assertThat(calls.error("GET", "/users?order_by=shoe_size", ""))
                .isEqualTo("422 form_param_value_invalid order_by");
    }

    @Test
    void rejectsLimitsOutOfRange() {
        Map<String, String> errors = Map.of(
                "limit=0", "form_param_value_invalid limit",
                "limit=501", "form_param_value_too_large limit",
                "limit=many", "form_param_type_invalid limit",
                "offset=-1", "form_param_value_invalid offset");
        errors.forEach((query, error) ->
                assertThat(calls.error("GET", "/users?" + query, "")).isEqualTo("422 " + error));
        assertThat(calls.get("/users?limit=500")).hasSize(12);
    }

    @Test
    void pagesByCursorThroughAChangingList() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (JsonNode page = walk(cursor); !page.isEmpty(); page = walk(cursor)) {
            seen.addAll(Calls.texts(page, "id"));
            cursor = "&starting_after=" + seen.get(seen.size() - 1);
            if (seen.size() == 5) {
                calls.call("DELETE", "/users/" + created.get(0), "");
                calls.call("DELETE", "/users/" + created.get(7), "");
                created.add(Simulated.id(calls.post("/users", "{'username':'late'}")));
            }
        }
        List<String> wanted = new ArrayList<>(created);
        wanted.remove(7);
        assertThat(seen).containsExactlyElementsOf(wanted);
    }

    private JsonNode walk(String cursor) {
        return calls.get("/users?limit=5&order_by=+created_at" + cursor);
    }

    @Test
    void acceptsACursorOnlyInCreationOrderWithoutOffset() {
        String cursor = "starting_after=" + created.get(4);
        assertThat(Calls.texts(calls.get("/users?limit=2&" + cursor), "id"))
                .as("the newest first")
                .containsExactly(created.get(3), created.get(2));
        for (String query : List.of(cursor + "&order_by=-updated_at", cursor + "&offset=1")) {
            assertThat(calls.error("GET", "/users?" + query, ""))
                    .isEqualTo("422 form_conditional_param_disallowed starting_after");
        }
        assertThat(calls.error("GET", "/users?starting_after=user_nobody", ""))
                .isEqualTo("422 form_resource_not_found starting_after");
        assertThat(calls.get("/users?offset=0&" + cursor)).hasSize(4);
    }

    @Test
    void countsMatchingEntities() {
        assertThat(calls.get("/users/count").path("total_count").longValue()).isEqualTo(12);
        assertThat(calls.get("/users/count?username=user03&username=user04&username=nobody")
                        .path("total_count")
                        .longValue())
                .isEqualTo(2);
    }

    @Test
    void returnsAnArrayOrAPageWithACount() {
        for (String bare : List.of("/users", "/sessions?user_id=" + created.get(0), "/invitations")) {
            assertThat(calls.get(bare).isArray()).as(bare).isTrue();
        }
        for (String counted : List.of(
                "/organizations",
                "/organization_memberships",
                "/organization_invitations",
                "/organization_domains",
                "/organization_roles",
                "/organization_permissions",
                "/waitlist_entries",
                "/billing/plans",
                "/billing/subscription_items",
                "/users/" + created.get(0) + "/organization_memberships",
                "/sessions?paginated=true&user_id=" + created.get(0),
                "/invitations?paginated=true")) {
            assertThat(calls.get(counted).propertyNames()).as(counted).containsExactly("data", "total_count");
        }
    }
}
