package io.github.bellhop.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The defaults file documents the settings, so it must name every setting and nothing else. */
class DefaultsFileTest {
    private static byte[] file() throws IOException {
        try (var in = DefaultsFileTest.class.getResourceAsStream("/io/github/bellhop/server/bellhop-defaults.yaml")) {
            return in.readAllBytes();
        }
    }

    private static List<String> names(String prefix, Class<?> type) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                names.addAll(names(name + ".", component.getType()));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    @Test
    void namesEverySettingAndNothingElse() throws IOException {
        EnumerablePropertySource<?> defaults = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                .load("defaults", new ByteArrayResource(file()))
                .get(0);
        assertThat(defaults.getPropertyNames())
                .containsExactlyInAnyOrderElementsOf(names("bellhop.", ServerSettings.class));
    }

    @Test
    void namesEveryVariableInTheCommentOfItsSetting() throws IOException {
        List<String> lines = new String(file(), StandardCharsets.UTF_8).lines().toList();
        for (Map.Entry<String, String> variable : EnvironmentVariables.TO_SETTING.entrySet()) {
            String key = variable.getValue().replaceFirst(".*\\.", "") + ":";
            int line = Collections.indexOfSubList(
                    lines.stream().map(String::strip).toList(), List.of("# " + variable.getKey()));
            assertThat(line).as(variable.getKey()).isNotNegative();
            assertThat(lines.get(line + 1).strip()).startsWith(key);
        }
    }

    @Test
    void namesNoUnknownVariable() throws IOException {
        assertThat(new String(file(), StandardCharsets.UTF_8).lines().map(String::strip))
                .filteredOn(line -> line.matches("# [A-Z_]+"))
                .map(line -> line.substring(2))
                .containsExactlyElementsOf(EnvironmentVariables.TO_SETTING.keySet());
    }

    @Test
    void containsValidDefaultsExceptForTheSecret() throws IOException {
        ServerSettings settings = SettingsLoader.load(
                new ProcessEnvironment(Map.of(), Path.of("nowhere")),
                Map.of("bellhop.signing-secret", "whsec_YmVsbGhvcCBrZWVwcyB0aGlzIHNlY3JldA=="),
                Map.of());
        assertThat(CheckedSettings.of(settings).secrets()).hasSize(1);
    }
}
