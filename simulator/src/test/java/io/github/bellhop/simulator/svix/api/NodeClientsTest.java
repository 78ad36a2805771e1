package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.simulator.testing.NodeCalls;
import io.github.bellhop.simulator.testing.NodePackage;
import io.github.bellhop.simulator.testing.SvixServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs Svix's own Node clients, unmodified, against the simulator. */
@SameOnEveryJdk
class NodeClientsTest {
    @Test
    void svix1CompletesItsScript() {
        assertRound(NodePackage.installed("svix-1"));
    }

    @Test
    void svix2CompletesItsScript() {
        assertRound(newerClient());
    }

    /** One test for each call of svix 2.5.0 that an app needs to manage its webhooks. */
    @TestFactory
    Stream<DynamicTest> svix2MakesEveryCall() {
        NodePackage client = newerClient();
        try (SvixServer svix = SvixServer.running()) {
            return NodeCalls.tests(client.run("calls.mjs", Map.of("SIMULATOR_URL", svix.url())));
        }
    }

    /** The client requires Node 22 but also runs on Node 20. */
    private static NodePackage newerClient() {
        assumeTrue(
                NodePackage.nodeMajor() >= 20,
                () -> "Skipped: svix 2.5.0 needs a newer Node than " + NodePackage.nodeMajor());
        return NodePackage.installed("svix-2");
    }

    private static void assertRound(NodePackage client) {
        try (SvixServer svix = SvixServer.running()) {
            assertThat(client.run("round.mjs", Map.of("SIMULATOR_URL", svix.url())))
                    .isEqualTo("a full round\n");
        }
    }
}
