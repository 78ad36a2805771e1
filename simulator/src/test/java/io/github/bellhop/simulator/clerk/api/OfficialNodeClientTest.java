package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkSettings;
import io.github.bellhop.simulator.clerk.Recorder;
import io.github.bellhop.simulator.clerk.TickingClock;
import io.github.bellhop.simulator.fixture.LinkedAccount;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiServer;
import io.github.bellhop.simulator.testing.NodeCalls;
import io.github.bellhop.simulator.testing.NodePackage;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs Clerk's own Node client, unmodified, against the simulator. The scripts make the assertions. */
@SameOnEveryJdk
class OfficialNodeClientTest {
    private final TickingClock clock = new TickingClock();
    private final Recorder recorder = new Recorder();
    private final ClerkInstance instance =
            new ClerkInstance(new ClerkSettings(clock, new SplittableRandom(1), recorder, false));

    @Test
    void completesTheScript() {
        instance.billing().subscribe(user("subscriber"), "pro");
        assertThat(output("round.mjs").lines().filter(line -> line.startsWith("ok ")))
                .hasSize(10);
        assertThat(recorder.types())
                .startsWith("user.created", "subscription.created")
                .contains("user.updated", "organizationInvitation.revoked");
    }

    /** One test for each call that an app needs to stay in sync with Clerk. */
    @TestFactory
    Stream<DynamicTest> makesEveryCall() {
        String subscriber = user("subscriber");
        instance.billing().subscribe(subscriber, "pro");
        String organization = instance.organizations()
                .create(ApiJson.object().put("name", "Payer").put("created_by", subscriber))
                .path("id")
                .stringValue();
        instance.billing().subscribe(organization, "team");
        instance.externalAccounts().link(user("linked"), LinkedAccount.GITHUB);
        return NodeCalls.tests(output("calls.mjs"));
    }

    private String user(String name) {
        return instance.users()
                .create(ApiJson.object().put("username", name))
                .path("id")
                .stringValue();
    }

    /** Runs a script against the instance. */
    private String output(String script) {
        assumeTrue(NodePackage.nodeMajor() >= 20, "Skipped: Clerk's client needs Node 20 or newer");
        NodePackage client = NodePackage.installed("clerk");
        try (ApiServer server =
                ApiServer.start(0, List.of(new ClerkBackendApi(instance, ClerkBackendApi.SECRET_KEY, 0, clock)))) {
            return client.run(
                    script,
                    Map.of(
                            "CLERK_API_URL",
                            server.baseUri().toString(),
                            "CLERK_SECRET_KEY",
                            ClerkBackendApi.SECRET_KEY));
        }
    }
}
