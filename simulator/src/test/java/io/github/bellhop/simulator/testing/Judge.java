package io.github.bellhop.simulator.testing;

import io.github.bellhop.SharedData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the simulator's answers and deliveries against the specifications of Clerk and Svix. Accepts everything if
 * these files are missing; {@code SpecificationTest} is then reported as skipped. Safe for concurrent use.
 */
public final class Judge {
    /** Intended differences, each with a comment that gives the reason. */
    private enum Exemption {
        // Clerk's own answers and deliveries have contained this key since January 2026.
        PASSWORD_RESET(".*", ".*property 'requires_password_reset' is not defined.*"),
        // In Clerk's deliveries, this key is in the data; the file has it one level too deep.
        ORGANIZATION_OF_INVITATION(
                ".*/invitations.*|EVENT organizationInvitation.*",
                ".*property 'public_organization_data' is not defined.*"),
        // This type was removed from the file on 2026-08-03; Clerk's SDKs still have it.
        ITEM_CREATED("EVENT subscriptionItem.created", "type subscriptionItem.created is not documented"),
        // According to the documentation, the parameter "paginated" changes the array to a page; the schema has only
        // the array.
        PAGINATED("GET /(sessions|invitations)", " object found, array expected"),
        // Clerk documents the rate limit once, for all operations.
        TOO_MANY_REQUESTS(".*", "status 429 is not documented"),
        // The simulator answers 501 to an operation or a parameter that it does not offer.
        NOT_SIMULATED(".*", "status 501 is not documented"),
        // An older version of the API, which one test requests, lacks these paths.
        OLDER_VERSION("GET /(organization_roles|billing/plans)", "status 404 is not documented");

        private final Pattern operation;
        private final Pattern line;

        Exemption(String operation, String line) {
            this.operation = Pattern.compile(operation);
            this.line = Pattern.compile(line);
        }

        boolean covers(String name, String violation) {
            return operation.matcher(name).matches() && line.matcher(violation).matches();
        }
    }

    private static final Optional<Specification> CLERK = read("clerk-bapi-2026-05-12.yml");
    private static final Optional<Specification> WEBHOOKS = read("clerk-webhooks-2025-04-15.yml");
    private static final Optional<Specification> SVIX = read("svix-openapi.json");

    private Judge() {}

    private static Optional<Specification> read(String file) {
        return SharedData.ifPresent("data/specs/" + file).map(Specification::read);
    }

    /** Fails if an answer of the Backend API violates the specification. */
    public static void clerk(String method, List<String> path, int status, @Nullable JsonNode body) {
        CLERK.ifPresent(specification -> judge(specification, method, path, status, body));
    }

    /** Fails if an answer of the Svix API violates the specification. */
    public static void svix(String method, String path, int status, @Nullable JsonNode body) {
        List<String> segments =
                Arrays.asList(path.replaceFirst("\\?.*", "").substring(1).split("/", -1));
        SVIX.ifPresent(specification -> judge(specification, method, segments, status, body));
    }

    /**
     * Fails if an event violates the specification. Ignores violations that are also in the specification's own
     * examples.
     */
    public static void webhook(String type, JsonNode event) {
        WEBHOOKS.ifPresent(
                specification -> reject("EVENT " + type, "event", specification.webhookViolations(type, event), event));
    }

    private static void judge(
            Specification specification, String method, List<String> path, int status, @Nullable JsonNode body) {
        specification
                .operation(method, path)
                .ifPresent(operation -> reject(
                        operation.name(),
                        "answer with status " + status,
                        specification.violations(operation, status, body),
                        body));
    }

    private static void reject(String name, String what, List<String> violations, @Nullable JsonNode body) {
        List<String> left = violations.stream()
                .filter(violation -> !isExempt(name, violation))
                .toList();
        if (!left.isEmpty()) {
            throw new AssertionError(
                    name + ": The " + what + " violates the specification: " + String.join("; ", left) + "\n" + body);
        }
    }

    private static boolean isExempt(String name, String violation) {
        return DocumentedGap.covers(name, violation)
                || Arrays.stream(Exemption.values()).anyMatch(exemption -> exemption.covers(name, violation));
    }
}
