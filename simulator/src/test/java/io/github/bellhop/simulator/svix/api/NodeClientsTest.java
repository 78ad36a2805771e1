package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.simulator.testing.NodePackage;
import io.github.bellhop.simulator.testing.SvixServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs Svix's own Node clients, unmodified, against the simulator. */
class NodeClientsTest {
    @Test
    void svix1CompletesItsScript() {
        assertRound(NodePackage.installed("svix-1"));
    }

    @Test
    void svix2CompletesItsScript() {
        NodePackage client = NodePackage.installed("svix-2");
        // The client requires Node 22 but also runs on Node 20.
        assumeTrue(
                NodePackage.nodeMajor() >= 20,
                () -> "Skipped: svix 2.5.0 needs a newer Node than " + NodePackage.nodeMajor());
        assertRound(client);
    }

    private static void assertRound(NodePackage client) {
        try (SvixServer svix = SvixServer.running()) {
            assertThat(client.run("round.mjs", Map.of("SIMULATOR_URL", svix.url())))
                    .isEqualTo("a full round\n");
        }
    }
}
