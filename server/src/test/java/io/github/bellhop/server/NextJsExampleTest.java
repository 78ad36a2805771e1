package io.github.bellhop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.server.testing.Http;
import io.github.bellhop.server.testing.ProgramProcess;
import io.github.bellhop.server.testing.ServerInside;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.ClerkSimulator;
import io.github.bellhop.simulator.SimulatedEndpoint;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.svix.AttemptStatus;
import io.github.bellhop.simulator.svix.Filter;
import io.github.bellhop.simulator.svix.PageQuery;
import io.github.bellhop.simulator.testing.NodePackage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tests the Next.js example: a route with Clerk's {@code verifyWebhook}, and a page that reads Bellhop's tables. */
@SameOnEveryJdk
class NextJsExampleTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "nextjs");
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String NEXT = "node_modules/next/dist/bin/next";

    @TempDir
    private Path folder;

    @Test
    void routeReceivesEventsAndPageReadsTheMirror() throws Exception {
        assumeTrue(NodePackage.nodeMajor() >= 20, "Node 20 is not installed: the Next.js example is not tested");
        NodePackage app = NodePackage.installed(EXAMPLE, "nextjs-example");
        String unused = app.run(NEXT, Map.of("NEXT_TELEMETRY_DISABLED", "1"), "build");

        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        Database database = Databases.unpooled(settings);
        Rows.execute(database, Files.readString(EXAMPLE.resolve("schema.sql")));
        int port = ProgramProcess.freePort();
        URI site = URI.create("http://127.0.0.1:" + port);
        try (ClerkSimulator simulator = ClerkSimulator.start();
                ServerInside program = ServerInside.serve(folder, ProgramProcess.environment(settings))) {
            SimulatedEndpoint route = simulator.deliverTo(site.resolve("/api/webhooks/clerk"));
            SimulatedEndpoint bellhop = simulator.deliverTo(program.webhook(), ProgramProcess.SECRET);
            Process next = app.start(
                    NEXT,
                    Map.of(
                            "CLERK_WEBHOOK_SIGNING_SECRET", route.signingSecret(),
                            "DATABASE_URL", urlForNode(settings),
                            "NEXT_TELEMETRY_DISABLED", "1"),
                    "start",
                    "--hostname",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port));
            try {
                awaitPage(app, site.resolve("/users"));
                String ann = createAnn(simulator);
                assertDelivered(simulator, route);
                assertDelivered(simulator, bellhop);

                assertThat(Http.get(site.resolve("/users")).body()).contains("Ann (Acme)");
                assertThat(Rows.query(database, "select user_id from welcome_mails"))
                        .extracting(row -> row.get("user_id"))
                        .containsExactly(ann);
                assertThat(forged(site).status()).isEqualTo(400);

                var gone = simulator.clerk().users().delete(ann);
                assertThat(gone).isNotNull();
                simulator.awaitDelivered(PATIENCE);
                assertThat(Http.get(site.resolve("/users")).body()).doesNotContain("Ann");
            } finally {
                next.destroy();
            }
        }
    }

    private static String createAnn(ClerkSimulator simulator) {
        var clerk = simulator.clerk();
        String ann = clerk.users().createInvented().path("id").stringValue();
        var named =
                clerk.users().update(ann, JsonNodeFactory.instance.objectNode().put("first_name", "Ann"));
        assertThat(named.path("first_name").stringValue()).isEqualTo("Ann");
        var acme = clerk.organizations()
                .create(JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "Acme")
                        .put("created_by", ann));
        assertThat(acme.path("name").stringValue()).isEqualTo("Acme");
        simulator.awaitDelivered(PATIENCE);
        return ann;
    }

    private static void assertDelivered(ClerkSimulator simulator, SimulatedEndpoint endpoint) {
        assertThat(simulator
                        .svix()
                        .attempts()
                        .messagesOf(
                                ClerkSimulator.APPLICATION,
                                endpoint.id(),
                                Filter.ALL,
                                PageQuery.first().limit(PageQuery.MOST))
                        .data())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(delivery -> delivery.status() == AttemptStatus.SUCCESS);
    }

    /** Sends an event that is signed with the secret of another endpoint. */
    private static WireAnswer forged(URI site) throws InterruptedException {
        var sender = new EventSender(
                site.resolve("/api/webhooks/clerk"),
                MessageSigner.with(SigningSecret.parse(ProgramProcess.SECRET)),
                InstantSource.system());
        Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random());
        return sender.send(OutgoingMessage.of(fixtures.messageId(), fixtures.event("user.created")));
    }

    private static String urlForNode(DatabaseSettings settings) {
        return settings.url()
                .replace("jdbc:postgresql://", "postgresql://" + settings.user() + ":" + settings.password() + "@");
    }

    private static void awaitPage(NodePackage app, URI page) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Http.status(page) != 200) {
            assertThat(System.nanoTime())
                    .as("%s answers: %s", page, app.output())
                    .isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }
}
