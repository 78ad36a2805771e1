package io.github.bellhop.simulator.testing;

import static org.assertj.core.api.Assertions.fail;

import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Converts the calls that a script made with a Node client to tests. */
public final class NodeCalls {
    private NodeCalls() {}

    /**
     * Returns one test for each line of a script's output. {@code ok CALL} succeeds, {@code not simulated CALL} is
     * reported as skipped, and every other line fails.
     */
    public static Stream<DynamicTest> tests(String output) {
        return output.lines()
                .map(line -> DynamicTest.dynamicTest(
                        line.replaceFirst("^(ok|not simulated|unlisted|failed) ", "")
                                .replaceFirst(":.*", ""),
                        () -> check(line)));
    }

    private static void check(String line) {
        if (line.startsWith("not simulated ")) {
            Assumptions.abort("Skipped: the simulator does not offer this call");
        }
        if (!line.startsWith("ok ")) {
            fail(line);
        }
    }
}
