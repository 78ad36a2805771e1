package io.github.bellhop.simulator.svix.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.simulator.testing.NodePackage;
import io.github.bellhop.simulator.testing.SvixServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Svix's own clients for Node, as they are. */
class NodeClientsTest {
    @Test
    void svix1GoesAFullRound() {
        assertRound(NodePackage.installed("svix-1"));
    }

    @Test
    void svix2GoesAFullRound() {
        NodePackage client = NodePackage.installed("svix-2");
        // It asks for Node 22, and has been seen to run on 20.
        assumeTrue(
                NodePackage.nodeMajor() >= 20, () -> "svix 2.5.0 needs a newer Node than " + NodePackage.nodeMajor());
        assertRound(client);
    }

    private static void assertRound(NodePackage client) {
        try (SvixServer svix = SvixServer.running()) {
            assertThat(client.run("round.mjs", Map.of("SIMULATOR_URL", svix.url())))
                    .isEqualTo("a full round\n");
        }
    }
}
