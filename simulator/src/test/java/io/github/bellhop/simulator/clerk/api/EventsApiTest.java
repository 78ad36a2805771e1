package io.github.bellhop.simulator.clerk.api;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EventParser;
import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.testing.Judge;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every type of event can be caused over HTTP, and its data can then be read from the Backend API. */
class EventsApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The path of each kind of entity in the Backend API; braces enclose JSON pointers into the event's data. */
    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry("user", "/users/{/id}"),
            Map.entry("session", "/sessions/{/id}"),
            Map.entry("organization", "/organizations/{/id}"),
            Map.entry(
                    "organizationMembership",
                    "/organizations/{/organization/id}/memberships?user_id={/public_user_data/user_id}"),
            Map.entry("organizationInvitation", "/organizations/{/organization_id}/invitations/{/id}"),
            Map.entry("organizationDomain", "/organizations/{/organization_id}/domains"),
            Map.entry("role", "/organization_roles/{/id}"),
            Map.entry("permission", "/organization_permissions/{/id}"),
            Map.entry("waitlistEntry", "/waitlist_entries"),
            Map.entry("email", "/email_addresses/{/email_address_id}"),
            Map.entry("sms", "/phone_numbers/{/phone_number_id}"),
            Map.entry("subscription", "/users/{/payer/user_id}/billing/subscription"),
            Map.entry("subscriptionItem", "/billing/subscription_items"),
            Map.entry("paymentAttempt", "/users/{/payer/user_id}/billing/subscription"));

    private final ClerkSimulator simulator = ClerkSimulator.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Calls calls =
            new Calls(new ClerkBackendApi(simulator.clerk(), ClerkBackendApi.SECRET_KEY, 0, InstantSource.system()));
    private final List<byte[]> delivered = new CopyOnWriteArrayList<>();

    @BeforeEach
    void receive() {
        var unused = simulator.deliverTo((headers, body) -> {
            delivered.add(body);
            return 200;
        });
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private HttpResponse<String> post(String path, String key, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(simulator.url().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Causes an event and returns its data. */
    private JsonNode cause(String body) throws Exception {
        HttpResponse<String> answer = post("/simulator/events", simulator.secretKey(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode payload = ApiJson.read(answer.body()).path("payload");
        Judge.webhook(payload.path("type").stringValue(), payload);
        return payload.path("data");
    }

    private JsonNode deliveredData() {
        simulator.awaitDelivered(PATIENCE);
        assertThat(delivered).hasSize(1);
        JsonNode event = ApiJson.read(delivered.get(0));
        Judge.webhook(event.path("type").stringValue(), event);
        return event.path("data");
    }

    private String place(EventType type, JsonNode data) {
        return Pattern.compile("\\{([^}]*)}")
                .matcher(Objects.requireNonNull(PLACES.get(type.family())))
                .replaceAll(pointer -> data.at(pointer.group(1)).stringValue());
    }

    @ParameterizedTest
    @EnumSource
    void deliversAnEventOfEachType(EventType type) throws Exception {
        JsonNode answered = cause("{'type':'" + type.wireName() + "'}");
        JsonNode data = deliveredData();
        assertThat(data).isEqualTo(answered);
        assertThat(EventParser.parse("msg_1", delivered.get(0))).isInstanceOf(type.eventClass());
        if (!type.wireName().endsWith(".deleted")) {
            JsonNode read = calls.get(place(type, data));
            assertThat(read.toString())
                    .contains(
                            List.of("email", "sms", "paymentAttempt").contains(type.family())
                                    ? "\"id\""
                                    : "\"id\":\"" + id(data) + "\"");
            assertReadsAs(data, read);
        }
    }

    /**
     * Asserts that an event's data and the Backend API's entity have the same values for the keys that both contain.
     */
    private static void assertReadsAs(JsonNode data, JsonNode entity) {
        if (entity.path("id").equals(data.path("id"))) {
            for (String key :
                    List.of("status", "created_at", "updated_at", "first_name", "name", "permissions", "role")) {
                if (data.has(key) && entity.has(key)) {
                    assertThat(entity.path(key)).as(key).isEqualTo(data.path(key));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EMAIL_CREATED", "SMS_CREATED"})
    void startsFromTheStateOfAnEntityThatExists(EventType type) throws Exception {
        JsonNode first = cause("{'type':'" + first(type) + "'}");
        simulator.awaitDelivered(PATIENCE);
        delivered.clear();
        JsonNode data = cause("{'type':'" + type.wireName() + "','ids':['" + id(first) + "']}");
        assertThat(id(data)).isEqualTo(id(first));
        if (!type.tombstone()) {
            assertThat(data.path("created_at")).isEqualTo(first.path("created_at"));
            assertThat(data.path("updated_at").asLong(1))
                    .isGreaterThanOrEqualTo(first.path("updated_at").asLong(1));
            assertThat(deliveredData()).isEqualTo(data);
        }
    }

    /** The event that creates an entity of the family. */
    private static String first(EventType type) {
        return type.family() + ".created";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user.deleted",
                "organization.deleted",
                "organizationMembership.deleted",
                "organizationDomain.deleted",
                "role.deleted",
                "permission.deleted"
            })
    void removesTheEntityOfADeletion(String name) throws Exception {
        EventType type = Objects.requireNonNull(EventType.of(name));
        JsonNode first = cause("{'type':'" + first(type) + "'}");
        String place = place(type, first);
        assertThat(calls.get(place).toString()).contains(id(first));
        cause("{'type':'" + name + "','ids':['" + id(first) + "']}");
        assertThat(Objects.requireNonNull(calls.call("GET", place, "").body()).toString())
                .doesNotContain("\"id\":\"" + id(first) + "\"");
    }

    @Test
    void changesTheStateByTheSettings() throws Exception {
        String user = id(calls.post("/users", "{'email_address':['ada@example.com'],'external_id':'crm-1'}"));
        long createdAt = calls.get("/users/" + user).path("created_at").longValue();
        JsonNode data = cause("{'type':'user.updated','ids':['" + user
                + "'],'set':{'data.first_name':'Ada','data.public_metadata.plan':'pro'}}");
        assertThat(data.path("created_at").longValue()).isEqualTo(createdAt);
        assertThat(data.path("external_id").stringValue()).isEqualTo("crm-1");
        JsonNode read = calls.get("/users/" + user);
        assertThat(read.path("first_name").stringValue()).isEqualTo("Ada");
        assertThat(read.at("/public_metadata/plan").stringValue()).isEqualTo("pro");
        assertThat(read.path("updated_at")).isEqualTo(data.path("updated_at"));
        assertThat(cause("{'type':'user.deleted','ids':['" + user + "']}")
                        .path("external_id")
                        .stringValue())
                .isEqualTo("crm-1");
    }

    @Test
    void findsAMembershipByItsUserAndOrganization() throws Exception {
        String user = simulator.clerk().users().createInvented().path("id").stringValue();
        String organization = id(simulator.clerk().organizations().createInvented(user));
        JsonNode membership = simulator.clerk().memberships().get(organization, user);
        JsonNode data = cause("{'type':'organizationMembership.updated','ids':['" + user + "','" + organization
                + "'],'set':{'data.role':'org:member'}}");
        assertThat(id(data)).isEqualTo(id(membership));
        assertThat(data.path("permissions").size())
                .as("those of the other role")
                .isEqualTo(3);
        assertThat(simulator
                        .clerk()
                        .memberships()
                        .get(organization, user)
                        .path("role")
                        .stringValue())
                .isEqualTo("org:member");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "organization"})
    void billsTheGivenOwner(String kind) throws Exception {
        String user = simulator.clerk().users().createInvented().path("id").stringValue();
        String owner = kind.equals("user")
                ? user
                : id(simulator.clerk().organizations().createInvented(user));
        simulator.awaitDelivered(PATIENCE);
        JsonNode created = cause("{'type':'subscription.created','ids':['" + owner + "']}");
        assertThat(created.at("/payer/" + kind + "_id").stringValue()).isEqualTo(owner);
        JsonNode late = cause("{'type':'subscription.pastDue','ids':['" + owner + "']}");
        assertThat(id(late)).isEqualTo(id(created));
        JsonNode item = cause("{'type':'subscriptionItem.canceled','ids':['" + owner + "']}");
        assertThat(item.path("subscription_id")).isEqualTo(created.path("id"));
        JsonNode attempt = cause("{'type':'paymentAttempt.created','ids':['" + owner + "']}");
        assertThat(attempt.at("/subscription_items/0/id")).isEqualTo(item.path("id"));
        assertThat(id(cause("{'type':'paymentAttempt.updated','ids':['" + owner + "']}")))
                .isEqualTo(id(attempt));
        JsonNode read = calls.get("/" + kind + "s/" + owner + "/billing/subscription");
        assertThat(read.path("status").stringValue()).isEqualTo("past_due");
        assertThat(read.at("/subscription_items/0/status").stringValue()).isEqualTo("canceled");
        assertThat(read.at("/subscription_items/0/canceled_at").isNumber()).isTrue();
    }

    @Test
    void preparesAnEventForAnotherSender() throws Exception {
        JsonNode user = cause("{'type':'user.created','deliver':false,'instance_id':'ins_mine'}");
        simulator.awaitDelivered(PATIENCE);
        assertThat(delivered).isEmpty();
        assertThat(calls.get("/users/" + id(user)).path("first_name")).isEqualTo(user.path("first_name"));
    }

    /** A receiver can also be tested with payloads that Clerk would never send. The instance keeps its valid state. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'data.id':7",
                "'data.id':''",
                "'data':null",
                "'data.organization':null",
                "'data.organization.id':null",
                "'data.public_user_data.user_id':''",
                "'data.permissions':{}",
                "'data.updated_at':1"
            })
    void sendsAnImpossiblePayloadWithoutStoringIt(String setting) throws Exception {
        String user = simulator.clerk().users().createInvented().path("id").stringValue();
        String organization = id(simulator.clerk().organizations().createInvented(user));
        JsonNode before = simulator.clerk().memberships().get(organization, user);
        simulator.awaitDelivered(PATIENCE);
        delivered.clear();
        HttpResponse<String> answer = post(
                "/simulator/events",
                simulator.secretKey(),
                "{'type':'organizationMembership.updated','ids':['" + user + "','" + organization + "'],'set':{"
                        + setting + "}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        simulator.awaitDelivered(PATIENCE);
        assertThat(delivered).hasSize(1);
        assertThat(simulator.clerk().memberships().get(organization, user)).isEqualTo(before);
        assertThat(calls.get("/organization_memberships")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'user.create'} | 422 unknown-event-type",
                "{'type':7} | 422 form-param-format-invalid",
                "{} | 422 form-param-format-invalid",
                "[] | 422 form-param-format-invalid",
                "nonsense | 400 refused",
                "{'type':'user.created','colour':1} | 422 form-param-unknown",
                "{'type':'user.created','ids':'user_1'} | 422 form-param-format-invalid",
                "{'type':'user.created','set':[]} | 422 form-param-format-invalid",
                "{'type':'user.created','deliver':'no'} | 422 form-param-format-invalid",
                "{'type':'user.created','set':{'data.colour':1}} | 422 no-such-path",
                "{'type':'user.deleted','ids':['org_1'],'set':{'data.first_name':1}} | 422 no-such-path",
                "{'type':'organization.deleted','ids':['user_1']} | 200 null",
            })
    void reportsWhatIsWrong(String body, String error) throws Exception {
        HttpResponse<String> answer = post("/simulator/events", simulator.secretKey(), body.replace('\'', '"'));
        assertThat(answer.statusCode() + " "
                        + ApiJson.read(answer.body()).path("code").asString("null"))
                .isEqualTo(error);
        assertThat(post("/simulator/events/nothing", simulator.secretKey(), "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/simulator/events", "sk_test_other", "{}").statusCode())
                .isEqualTo(401);
    }
}
