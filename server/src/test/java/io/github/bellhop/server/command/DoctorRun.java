package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.server.settings.EnvironmentVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of {@code bellhop doctor} in a folder, with its findings. */
final class DoctorRun {
    static final String API_KEY = "sk_test_k33pThisOutOfEveryOutput";

    private final Run run;
    private final List<JsonNode> findings = new ArrayList<>();

    private DoctorRun(Run run) {
        this.run = run;
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .doesNotContain(Run.SECRET.substring(6))
                .doesNotContain(API_KEY)
                .doesNotContain("k33p");
        run.lines().forEach(line -> findings.add(new JsonMapper().readTree(line)));
    }

    /** Returns the variables of a valid configuration whose receiver is not running. */
    static Map<String, String> variables(Path folder) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(EnvironmentVariables.SIGNING_SECRET, Run.SECRET);
        variables.put("BELLHOP_PORT", "1");
        variables.put("BELLHOP_IP_ALLOWLIST", "off");
        variables.put("BELLHOP_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("bellhop.db"));
        return variables;
    }

    static DoctorRun of(Path folder, Map<String, String> variables, String... arguments) {
        List<String> all = new ArrayList<>(List.of("doctor", "--json"));
        all.addAll(List.of(arguments));
        return new DoctorRun(Run.of(folder, variables, all.toArray(String[]::new)));
    }

    int exitCode() {
        return run.exitCode();
    }

    /** Returns the only finding of a check at a level: what was found, why, and the fix, as one string. */
    String the(String check, String level) {
        List<String> found = findings.stream()
                .filter(finding -> finding.path("check").asString().equals(check))
                .filter(finding -> finding.path("level").asString().equals(level))
                .map(DoctorRun::text)
                .toList();
        assertThat(found).as(level + " of " + check + " in\n" + run.out()).hasSize(1);
        return found.get(0);
    }

    /** Returns the findings of a check, each as one string. */
    List<String> all(String check) {
        return findings.stream()
                .filter(finding -> finding.path("check").asString().equals(check))
                .map(DoctorRun::text)
                .toList();
    }

    /** Returns the levels of a check's findings. */
    List<String> levels(String check) {
        return findings.stream()
                .filter(finding -> finding.path("check").asString().equals(check))
                .map(finding -> finding.path("level").asString())
                .toList();
    }

    private static String text(JsonNode finding) {
        return finding.path("what").asString("") + " | " + finding.path("why").asString("") + " | "
                + finding.path("fix").asString("");
    }
}
