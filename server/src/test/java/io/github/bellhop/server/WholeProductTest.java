package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.RandomStory;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.server.testing.StateOfClerk;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.simulator.SimulatorSettings;
import io.github.bellhop.simulator.chaos.ChaosKind;
import io.github.bellhop.simulator.chaos.ChaosReport;
import io.github.bellhop.simulator.chaos.ChaosSettings;
import io.github.bellhop.simulator.svix.AttemptStatus;
import io.github.bellhop.simulator.svix.Filter;
import io.github.bellhop.simulator.svix.PageQuery;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mirrors many random changes through a network that drops, duplicates and reorders deliveries. */
@SameOnEveryJdk
class WholeProductTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LENGTH = 600;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void mirrorConvergesToClerksStateDespiteNetworkFaults(TestDatabase kind) throws Exception {
        long seed = Long.getLong("bellhop.test.seed", new Random().nextLong());
        DatabaseSettings settings = kind.fresh();
        ChaosSettings chaos = ChaosSettings.none()
                .rate(ChaosKind.DROP, 0.1)
                .rate(ChaosKind.DUPLICATE, 0.3)
                .rate(ChaosKind.REORDER, 1)
                .hold(Duration.ofMillis(20))
                .seed(seed);
        SimulatorSettings settingsOfClerk = SimulatorSettings.of(InstantSource.system(), seed)
                .withTimeScale(3_600)
                .withChaos(chaos);
        try (ClerkSimulator simulator = ClerkSimulator.start(settingsOfClerk, 0);
                ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            Instant begin = Instant.now();
            SimulatedEndpoint endpoint = simulator.deliverTo(program.webhook(), ProgramProcess.SECRET);
            new RandomStory(simulator.clerk(), new Random(seed)).run(LENGTH);
            simulator.awaitDelivered(PATIENCE);
            ChaosReport report = simulator.chaosReport();
            assertThat(report.happened(ChaosKind.DROP)).as("seed %d", seed).isPositive();
            assertThat(report.happened(ChaosKind.DUPLICATE)).isPositive();
            assertThat(report.happened(ChaosKind.REORDER)).isPositive();

            simulator.recover(begin);
            simulator.awaitDelivered(PATIENCE);
            assertThat(simulator
                            .svix()
                            .attempts()
                            .messagesOf(
                                    ClerkSimulator.APPLICATION,
                                    endpoint.id(),
                                    Filter.ALL,
                                    PageQuery.first().limit(PageQuery.MOST))
                            .data())
                    .as("seed %d", seed)
                    .allMatch(delivery -> delivery.status() == AttemptStatus.SUCCESS);
            assertMirrors(simulator, Databases.unpooled(settings), seed);
        }
    }

    private static void assertMirrors(ClerkSimulator simulator, Database mirror, long seed) {
        assertThat(Rows.count(mirror, "bellhop_dead_letters")).isZero();
        assertThat(Rows.count(mirror, "clerk_users")).isPositive();
        try (OpenDatabase expected = TestDatabase.open(freshLike(mirror))) {
            StateOfClerk.mirror(simulator.clerk(), expected.database());
            Map<String, List<String>> rows = StateOfClerk.liveRows(mirror);
            StateOfClerk.liveRows(expected.database()).forEach((table, wanted) -> {
                assertThat(wanted).as("%s, seed %d", table, seed).isNotEmpty();
                assertThat(rows.get(table)).as("%s, seed %d", table, seed).containsExactlyElementsOf(wanted);
            });
        }
    }

    private static DatabaseSettings freshLike(Database mirror) {
        return mirror.dialect().name().equals("SQLite") ? TestDatabase.SQLITE.fresh() : TestDatabase.POSTGRESQL.fresh();
    }
}
