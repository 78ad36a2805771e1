package io.github.bellhop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.SharedData;
import io.github.bellhop.simulator.clerk.Simulated;
import io.github.bellhop.simulator.clerk.api.ClerkBackendApi;
import io.github.bellhop.simulator.http.Api;
import io.github.bellhop.simulator.svix.SvixService;
import io.github.bellhop.simulator.svix.SvixSettings;
import io.github.bellhop.simulator.svix.api.SvixApi;
import io.github.bellhop.simulator.testing.Offered;
import io.github.bellhop.simulator.testing.OpenPoints;
import io.github.bellhop.simulator.testing.Specification;
import io.github.bellhop.simulator.testing.Specification.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that lists what the simulator offers of the two published APIs, made by asking it for each operation. */
class OperationsPageTest {
    private static final Path PAGE = Path.of("../docs/simulator-operations.md");

    /** What webhooks tell of, or what configures them; the rest of the APIs is not simulated. */
    private static final Pattern OF_WEBHOOKS =
            Pattern.compile("/(users|email_addresses|phone_numbers|sessions|invitations"
                    + "|organizations|organization_\\w+|waitlist_entries|billing|role_sets|instance|webhooks)(/.*)?"
                    + "|/api/v1/(app|event-type|background-task|auth|health)(/.*)?");

    private static final Pattern OTHER_PRODUCTS = Pattern.compile(
            ".*/(integration|destination|poller|polling-endpoint|stream|inbound|connector|alert-email|stats"
                    + "|auto-config|events|expunge-all-contents|transformation\\w*|alerting\\w*)(/.*)?"
                    + "|/api/v1/auth/(?!app-portal-access|logout|expire-all).*");

    @Test
    void listsEveryOperationOfBothApis() throws IOException {
        Specification clerk = Specification.read(SharedData.require("data/specs/clerk-bapi-2026-05-12.yml"));
        Specification svix = Specification.read(SharedData.require("data/specs/svix-openapi.json"));
        Simulated simulated = new Simulated();
        String page = """
                # What the simulator offers

                Made by asking the simulator for each operation of Clerk's and Svix's published specifications; run the build with
                `-Dbellhop.docs.write=true` to write this page again after a change. An operation that is not offered is answered
                501 with the code `not_simulated`, so that no client takes it for an entity that is gone. "Planned" are operations
                on what webhooks tell of, or on what configures webhooks; the others are not planned.

                """;
        try (SvixService service = new SvixService(SvixSettings.of(InstantSource.system(), new Random(1)))) {
            Api backend = new ClerkBackendApi(simulated.instance, ClerkBackendApi.SECRET_KEY, 0, simulated.clock)
                    .manage(new EventApplication(service, "Clerk"));
            page += section("Clerk's Backend API", clerk, Offered.by(backend, ClerkBackendApi.SECRET_KEY))
                    + "\n"
                    + section("Svix's API", svix, Offered.by(new SvixApi(service), SvixApi.DEFAULT_TOKEN))
                    + "\n"
                    + OpenPoints.section();
        }
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    private static String section(String title, Specification specification, Predicate<Operation> offered) {
        List<Operation> all = specification.operations().stream()
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .toList();
        List<Operation> there = all.stream().filter(offered).toList();
        Predicate<Operation> planned =
                operation -> OF_WEBHOOKS.matcher(operation.path()).matches()
                        && !OTHER_PRODUCTS.matcher(operation.path()).matches();
        return "## %s%n%n%d of %d operations.%n".formatted(title, there.size(), all.size())
                + list("Offered", there)
                + list(
                        "Planned",
                        all.stream().filter(offered.negate()).filter(planned).toList())
                + list(
                        "Not planned",
                        all.stream()
                                .filter(offered.negate())
                                .filter(planned.negate())
                                .toList());
    }

    private static String list(String title, List<Operation> operations) {
        StringBuilder list = new StringBuilder("\n### " + title + "\n\n");
        operations.forEach(
                operation -> list.append("- `").append(operation.name()).append("`\n"));
        return list.toString();
    }
}
