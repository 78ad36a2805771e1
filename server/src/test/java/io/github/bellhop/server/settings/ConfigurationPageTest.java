package io.github.bellhop.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration page is generated from the annotated defaults. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path DEFAULTS = Path.of("src/main/resources/io/github/bellhop/server/bellhop-defaults.yaml");

    @Test
    void showsTheDefaultsThatTheProgramLoads() throws IOException {
        String page = """
                # Configuration

                The program loads its defaults from this file, so it lists every setting. After a change, run the build with
                `-Dbellhop.docs.write=true` to regenerate this page.

                ```yaml
                %s```

                `bellhop dev` has different defaults: it listens only on this machine, adds its own secret
                (`data/dev-secret`), turns the allowlist off and logs as text.

                The launcher passes `BELLHOP_JAVA_OPTIONS` to the Java virtual machine, for example `-Xmx512m`.
                """.formatted(Files.readString(DEFAULTS));
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }
}
