package io.github.bellhop.simulator;

import io.github.bellhop.BellhopException;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.EmittedEvent;
import io.github.bellhop.simulator.clerk.WantedEvent;
import io.github.bellhop.simulator.fixture.FixtureException;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator's own operation {@code POST /simulator/events}, which causes an event of any type. Safe for concurrent
 * use.
 */
final class EventsApi extends ControlApi {
    private static final Set<String> PARAMETERS = Set.of("type", "ids", "set", "deliver", "instance_id");

    private final ClerkInstance instance;

    /**
     * Creates the API of an instance.
     *
     * @param secretKey the key that clients must send
     */
    EventsApi(ClerkInstance instance, String secretKey) {
        super(secretKey);
        this.instance = instance;
    }

    @Override
    public String prefix() {
        return "/simulator/events";
    }

    @Override
    ApiResponse answer(ApiRequest request) {
        if (!request.method().equals("POST") || !request.path().isEmpty()) {
            return refusal(404, "The simulator has only POST /simulator/events here.");
        }
        try {
            return ApiResponse.of(200, event(request));
        } catch (JacksonException malformed) {
            return refusal(400, "The body must be a JSON object.");
        } catch (FixtureException wrong) {
            return refusal(422, wrong);
        } catch (ClerkRefusedException refused) {
            return refusal(refused.status(), refused);
        }
    }

    private static ApiResponse refusal(int status, BellhopException fault) {
        return refusal(status, fault.code(), Objects.requireNonNull(fault.getMessage()));
    }

    private JsonNode event(ApiRequest request) {
        JsonNode body = request.bodyJson();
        for (String name : body.propertyNames()) {
            if (!PARAMETERS.contains(name)) {
                throw ClerkRefusedException.unknown(name);
            }
        }
        require(body.path("type").isString(), "type", "the type of an event, such as user.created");
        JsonNode deliver = body.path("deliver");
        require(deliver.isMissingNode() || deliver.isBoolean(), "deliver", "a boolean");
        WantedEvent wanted = new WantedEvent(
                body.path("type").stringValue(), ids(body.path("ids")), settings(body.path("set")), instance(body));
        boolean delivers = deliver.asBoolean(true);
        EmittedEvent event =
                delivers ? instance.events().cause(wanted) : instance.events().prepare(wanted);
        ObjectNode answer = ApiJson.object()
                .put("type", event.type())
                .put("entity_id", event.entityId())
                .put("delivered", delivers);
        answer.set("payload", ApiJson.read(event.payload()));
        return answer;
    }

    private static List<String> ids(JsonNode ids) {
        require(
                ids.isMissingNode() || (ids.isArray() && ids.valueStream().allMatch(JsonNode::isString)),
                "ids",
                "an array of ids");
        return ids.valueStream().map(JsonNode::stringValue).toList();
    }

    private static Map<String, JsonNode> settings(JsonNode given) {
        require(given.isMissingNode() || given.isObject(), "set", "an object of values by their path in the payload");
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        given.properties().forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
        return settings;
    }

    private static @Nullable String instance(JsonNode body) {
        JsonNode id = body.path("instance_id");
        require(id.isMissingNode() || id.isString(), "instance_id", "the id of an instance");
        return id.isString() ? id.stringValue() : null;
    }

    private static void require(boolean valid, String parameter, String rule) {
        if (!valid) {
            throw ClerkRefusedException.invalid(parameter, parameter + " must be " + rule + ".");
        }
    }
}
