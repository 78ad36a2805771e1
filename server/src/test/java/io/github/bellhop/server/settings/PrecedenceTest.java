package io.github.bellhop.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which source of a setting takes precedence, and how files with settings are parsed. */
class PrecedenceTest {
    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ServerSettings load(Map<String, String> variables) {
        return load(variables, Map.of());
    }

    private ServerSettings load(Map<String, String> variables, Map<String, Object> options) {
        return SettingsLoader.load(
                new ProcessEnvironment(variables, folder), options, Map.of("bellhop.log-format", "text"));
    }

    private String instance(Map<String, String> variables) {
        return load(variables).instanceId();
    }

    @Test
    void readsTheSourcesInOrder() throws IOException {
        assertThat(instance(Map.of())).isEmpty();
        file("bellhop.yaml", "bellhop:\n  instance-id: ins_yaml\n");
        assertThat(instance(Map.of())).isEqualTo("ins_yaml");
        file(".env", "BELLHOP_INSTANCE_ID=ins_shared\n");
        assertThat(instance(Map.of())).isEqualTo("ins_shared");
        file(".env.local", "BELLHOP_INSTANCE_ID=ins_local\n");
        assertThat(instance(Map.of())).isEqualTo("ins_local");
        Map<String, String> variables = Map.of("BELLHOP_INSTANCE_ID", "ins_process");
        assertThat(instance(variables)).isEqualTo("ins_process");
        assertThat(load(variables, Map.of("bellhop.instance-id", "ins_option")).instanceId())
                .isEqualTo("ins_option");
    }

    @Test
    void changesOnlyTheSettingsInTheFile() throws IOException {
        file("bellhop.yaml", "bellhop:\n  limits:\n    connections: 7\n");
        ServerSettings settings = load(Map.of());
        assertThat(settings.limits().connections()).isEqualTo(7);
        assertThat(settings.limits().body().toMegabytes()).isEqualTo(1);
        assertThat(settings.port()).isEqualTo(8787);
    }

    @Test
    void prefersTheFileToACommandsDefault() throws IOException {
        assertThat(load(Map.of()).logFormat()).isEqualTo(ServerSettings.LogFormat.TEXT);
        file("bellhop.yaml", "bellhop:\n  log-format: json\n");
        assertThat(load(Map.of()).logFormat()).isEqualTo(ServerSettings.LogFormat.JSON);
    }

    @Test
    void ignoresAnEmptyVariable() throws IOException {
        file(".env", "BELLHOP_INSTANCE_ID=ins_shared\n");
        file(".env.local", "BELLHOP_INSTANCE_ID=\n");
        assertThat(instance(Map.of("BELLHOP_INSTANCE_ID", " "))).isEqualTo("ins_shared");
    }

    @Test
    void parsesEnvFiles() throws IOException {
        file(".env", """
                \uFEFFFIRST=1
                # COMMENT=1
                  # INDENTED=1
                PLAIN=value
                  SPACED  =  value\s\s
                export EXPORTED=value
                DOUBLE="a value # not a comment"
                SINGLE='it says "a"'
                QUOTED_COMMENT="value" # a comment
                COMMENTED=value # a comment
                TABBED=value\t# a comment
                HASH=a#b
                EQUALS=a=b==
                EMPTY=
                EMPTY_QUOTES=""
                OPEN="value
                no variable
                1DIGIT=value
                TWICE=1
                TWICE=2
                URL=jdbc:postgresql://localhost:5432/app?sslmode=require
                """);
        assertThat(DotEnv.read(folder.resolve(".env")))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("FIRST", "1"),
                        Map.entry("PLAIN", "value"),
                        Map.entry("SPACED", "value"),
                        Map.entry("EXPORTED", "value"),
                        Map.entry("DOUBLE", "a value # not a comment"),
                        Map.entry("SINGLE", "it says \"a\""),
                        Map.entry("QUOTED_COMMENT", "value"),
                        Map.entry("COMMENTED", "value"),
                        Map.entry("TABBED", "value"),
                        Map.entry("HASH", "a#b"),
                        Map.entry("EQUALS", "a=b=="),
                        Map.entry("EMPTY", ""),
                        Map.entry("EMPTY_QUOTES", ""),
                        Map.entry("OPEN", "\"value"),
                        Map.entry("TWICE", "2"),
                        Map.entry("URL", "jdbc:postgresql://localhost:5432/app?sslmode=require")));
    }

    @Test
    void readsLinesWithWindowsLineBreaks() throws IOException {
        file(".env", "ONE=1\r\nTWO=\"2\"\r\nTHREE=3 # three\r\n");
        assertThat(DotEnv.read(folder.resolve(".env"))).isEqualTo(Map.of("ONE", "1", "TWO", "2", "THREE", "3"));
    }

    @Test
    void acceptsMissingFiles() {
        assertThat(DotEnv.read(folder.resolve(".env"))).isEmpty();
        assertThat(new ProcessEnvironment(Map.of(), folder).get("BELLHOP_PORT")).isNull();
    }

    @Test
    void namesAFileThatIsNotUtf8() throws IOException {
        Files.write(folder.resolve(".env"), "A=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        ProcessEnvironment environment = new ProcessEnvironment(Map.of(), folder);
        assertThatThrownBy(() -> environment.get("A"))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining(".env")
                .hasMessageContaining("encoding");
    }
}
