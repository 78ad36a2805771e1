package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.http.ApiResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ErrorsTest {
    private final Simulated simulated = new Simulated();
    private final Calls calls = calls(ClerkBackendApi.SECRET_KEY, 0);
    private String user = "";
    private String organization = "";

    private Calls calls(String secretKey, int rateLimit) {
        return new Calls(new ClerkBackendApi(simulated.instance, secretKey, rateLimit, simulated.clock));
    }

    @BeforeEach
    void createUserAndOrganization() {
        user = simulated.user();
        organization = simulated.organization(user);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /nowhere | '' | 501 not_simulated",
                "PUT | /users | '' | 501 not_simulated",
                "POST | /users | {\"username\":\"\"} | 422 form_param_format_invalid username",
                "POST | /organizations | {\"name\":\"B\",\"max_allowed_memberships\":\"x\"} | 422 form_param_type_invalid max_allowed_memberships",
                "POST | /organizations/ORG/memberships | {\"role\":\"org:member\"} | 422 form_param_missing user_id",
                "POST | /organizations/org_none/memberships | {\"user_id\":\"USER\",\"role\":\"org:member\"} | 404 resource_not_found",
                "POST | /organizations/ORG/invitations/bulk | {} | 400 request_body_invalid",
                "DELETE | /organizations/ORG/memberships/user_none | '' | 404 resource_not_found",
                "GET | /users?favourite_colour=blue | '' | 501 not_simulated",
                "GET | /users/USER?expand=all | '' | 501 not_simulated",
                "GET | /users/USER/billing/subscription | '' | 404 resource_not_found",
            })
    void reportsTheError(String method, String target, String body, String error) {
        assertThat(calls.error(method, filled(target), filled(body))).isEqualTo(error);
        assertThat(simulated.events.types())
                .containsExactly("user.created", "organization.created", "organizationMembership.created");
    }

    private String filled(String text) {
        return text.replace("USER", user).replace("ORG", organization);
    }

    @Test
    void returnsErrorsInClerksFormat() {
        JsonNode body = Calls.body(calls.call("GET", "/users/user_nobody", ""));
        assertThat(body.propertyNames()).containsExactly("errors", "clerk_trace_id");
        assertThat(body.at("/errors/0").propertyNames()).containsExactly("message", "long_message", "code");
        assertThat(body.path("clerk_trace_id").stringValue()).matches("[0-9a-f]{32}");
        assertThat(calls.call("GET", "/users/user_nobody", "").body()).isNotEqualTo(body);
    }

    @Test
    void namesABodyThatIsTooLong() {
        JsonNode body = Calls.body(Calls.api(simulated).refusal(413, "The body is too long."));
        assertThat(body.at("/errors/0/code").stringValue()).isEqualTo("request_body_too_large");
    }

    @Test
    void requiresTheSecretKey() {
        assertThat(calls.without("authorization").error("GET", "/users", "")).isEqualTo("401 authentication_invalid");
        assertThat(calls.header("authorization", "Bearer sk_test_other").error("GET", "/users", ""))
                .isEqualTo("401 clerk_key_invalid");
        assertThat(calls.error("GET", "/nowhere", "")).isEqualTo("401 clerk_key_invalid");
        Calls other = calls("sk_test_mine", 0);
        assertThat(other.header("authorization", "Bearer sk_test_mine").get("/users"))
                .hasSize(1);
    }

    @Test
    void acceptsKnownApiVersions() {
        assertThat(calls.header("clerk-api-version", "2021-02-05").get("/users"))
                .hasSize(1);
        assertThat(calls.error("GET", "/organization_roles", "")).isEqualTo("404 resource_not_found");
        assertThat(calls.error("GET", "/billing/plans", "")).isEqualTo("404 resource_not_found");
        assertThat(calls.error("GET", "/users?__clerk_api_version=2021-02-05", ""))
                .isEqualTo("400 api_version_invalid");
        assertThat(calls.header("clerk-api-version", "1999-01-01").error("GET", "/users", ""))
                .isEqualTo("400 api_version_invalid");
        calls.header("clerk-api-version", "2025-11-10");
        assertThat(calls.get("/billing/plans").path("total_count").longValue()).isEqualTo(4);
        JsonNode changed = Calls.ok(calls.call("PATCH", "/users/" + user, "{'public_metadata':{'a':1}}"));
        assertThat(changed.at("/public_metadata/a").longValue()).isEqualTo(1);
        assertThat(calls.without("clerk-api-version").get("/users?__clerk_api_version=2024-10-01"))
                .hasSize(1);
    }

    @Test
    void limitsTheRateInWindowsOfTenSeconds() {
        Calls limited = calls(ClerkBackendApi.SECRET_KEY, 3);
        limited.get("/users");
        simulated.clock.move(Duration.ofMillis(5_500));
        limited.get("/users");
        limited.get("/organizations");
        ApiResponse refused = limited.call("GET", "/users", "");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "5");
        assertThat(Calls.body(refused).at("/errors/0/code").stringValue()).isEqualTo("too_many_requests");
        simulated.clock.move(Duration.ofMillis(4_499));
        assertThat(limited.call("GET", "/users", "").headers()).containsEntry("Retry-After", "1");
        simulated.clock.move(Duration.ofMillis(1));
        limited.get("/users");
    }
}
