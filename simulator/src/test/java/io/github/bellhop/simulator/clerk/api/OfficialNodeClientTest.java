package io.github.bellhop.simulator.clerk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkSettings;
import io.github.bellhop.simulator.clerk.Recorder;
import io.github.bellhop.simulator.clerk.TickingClock;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiServer;
import io.github.bellhop.simulator.testing.NodePackage;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Runs Clerk's own Node client, unmodified, against the simulator. The script makes the assertions. */
class OfficialNodeClientTest {
    @Test
    void completesTheScript() {
        assumeTrue(NodePackage.nodeMajor() >= 20, "Skipped: Clerk's client needs Node 20 or newer");
        NodePackage client = NodePackage.installed("clerk");
        TickingClock clock = new TickingClock();
        Recorder recorder = new Recorder();
        ClerkInstance instance = new ClerkInstance(new ClerkSettings(clock, new SplittableRandom(1), recorder, false));
        String subscriber = instance.users()
                .create(ApiJson.object().put("username", "subscriber"))
                .path("id")
                .stringValue();
        instance.billing().subscribe(subscriber, "pro");
        try (ApiServer server =
                ApiServer.start(0, List.of(new ClerkBackendApi(instance, ClerkBackendApi.SECRET_KEY, 0, clock)))) {
            String output = client.run(
                    "round.mjs",
                    Map.of(
                            "CLERK_API_URL",
                            server.baseUri().toString(),
                            "CLERK_SECRET_KEY",
                            ClerkBackendApi.SECRET_KEY));
            assertThat(output.lines().filter(line -> line.startsWith("ok "))).hasSize(10);
        }
        assertThat(recorder.types())
                .startsWith("user.created", "subscription.created")
                .contains("user.updated", "organizationInvitation.revoked");
    }
}
