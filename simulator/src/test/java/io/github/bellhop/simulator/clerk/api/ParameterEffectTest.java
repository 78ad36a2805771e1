package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.SharedData;
import io.github.bellhop.simulator.clerk.EmittedEvent;
import io.github.bellhop.simulator.clerk.api.ParameterProbes.Probe;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.testing.Offered;
import io.github.bellhop.simulator.testing.Parameters;
import io.github.bellhop.simulator.testing.Specification;
import io.github.bellhop.simulator.testing.Specification.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every documented parameter of every offered operation has an effect, or is rejected with a 501 that names it, so that
 * a client never mistakes an unfiltered list for a filtered one. Each new parameter needs a line in {@link
 * ParameterProbes}.
 */
@SameOnEveryJdk
class ParameterEffectTest {
    private static final String FILE = "data/specs/clerk-bapi-2026-05-12.yml";

    /** Parameters without an effect: each skips a check that a simulated instance never makes. */
    private static final Set<String> NOTHING_TO_SKIP =
            Set.of("skip_password_requirement", "skip_restriction_checks", "skip_legal_checks");

    /** Parameters whose effect is not visible in the answer; {@code InstanceSettingsTest} reads their values. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of("allowed_origins");

    /**
     * The outcomes of requests without the parameter, by request. All new worlds are identical, so each request is made
     * once.
     */
    private static final Map<String, Outcome> BASES = new ConcurrentHashMap<>();

    /** What a client can observe of a request: the answer and the events. */
    private record Outcome(ApiResponse response, List<String> events) {
        static Outcome of(World world, String method, String target, String body) {
            ApiResponse response = world.calls.call(method, world.filled(target), world.filled(body));
            if (response.body() instanceof ObjectNode answer) {
                answer.remove("clerk_trace_id");
            }
            return new Outcome(
                    response,
                    world.simulated.events.events().stream()
                            .map(EmittedEvent::payload)
                            .map(payload -> new String(payload, StandardCharsets.UTF_8))
                            .toList());
        }

        static Outcome ofBase(String method, String target, String body) {
            return BASES.computeIfAbsent(
                    method + " " + target + " " + body, request -> of(new World(), method, target, body));
        }

        String code() {
            return Calls.body(response).at("/errors/0/code").asString("");
        }

        String message() {
            return Calls.body(response).at("/errors/0/long_message").asString("");
        }
    }

    @TestFactory
    Stream<DynamicTest> everyQueryParameterHasAnEffect() throws IOException {
        return tests(Parameters::ofQuery, (operation, name) -> {
            Probe probe = required(ParameterProbes.ofQuery(operation.name(), name), name);
            String path = ParameterProbes.path(operation.path());
            String more = probe.base().isEmpty() ? "" : "&" + probe.base();
            requireEffect(
                    Outcome.ofBase(operation.method(), path + more.replaceFirst("&", "?"), ""),
                    Outcome.of(new World(), operation.method(), path + "?" + name + "=" + probe.value() + more, ""),
                    probe,
                    name);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyPropertyOfABodyHasAnEffect() throws IOException {
        return tests(Parameters::ofBody, (operation, name) -> {
            if (NOTHING_TO_SKIP.contains(name) || SHOWN_ELSEWHERE.contains(name)) {
                return;
            }
            Probe probe = required(ParameterProbes.ofBody(operation.name(), name), name);
            String path = ParameterProbes.path(operation.path());
            requireEffect(
                    Outcome.ofBase(operation.method(), path, probe.base()),
                    Outcome.of(new World(), operation.method(), path, probe.withProperty(name)),
                    probe,
                    name);
        });
    }

    private static Probe required(Optional<Probe> probe, String name) {
        assertThat(probe).as("a line for %s in ParameterProbes", name).isPresent();
        return probe.orElseThrow();
    }

    private static void requireEffect(Outcome without, Outcome with, Probe probe, String name) {
        assertThat(without.response().status()).as("the base: %s", without).isNotIn(404, 501);
        if (with.response().status() == 501) {
            assertThat(with.code()).isEqualTo("not_simulated");
            assertThat(with.message()).contains(name);
        } else {
            assertThat(with.response().status()).as("%s", with).isEqualTo(probe.status());
            assertThat(with).isNotEqualTo(without);
        }
    }

    private interface Names {
        List<String> in(Parameters parameters, Operation operation);
    }

    private interface Check {
        void of(Operation operation, String parameter);
    }

    private static Stream<DynamicTest> tests(Names names, Check check) throws IOException {
        return SharedData.tests(FILE, file -> {
            Specification specification = Specification.read(file);
            Parameters parameters = new Parameters(specification);
            ClerkBackendApi api = Calls.api(new World().simulated);
            return specification.operations().stream()
                    .filter(Offered.by(api, ClerkBackendApi.SECRET_KEY))
                    .flatMap(operation -> names.in(parameters, operation).stream()
                            .map(name -> DynamicTest.dynamicTest(
                                    operation.name() + " " + name, () -> check.of(operation, name))));
        });
    }
}
