package io.github.bellhop.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about configuration is the annotated defaults, word for word. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path DEFAULTS = Path.of("src/main/resources/io/github/bellhop/server/bellhop-defaults.yaml");

    @Test
    void showsTheDefaultsThatTheProgramLoads() throws IOException {
        String page = """
                # Configuration

                This is the file that the program loads its defaults from, so it lists every setting. Run the build with
                `-Dbellhop.docs.write=true` to write this page anew after a change.

                ```yaml
                %s```

                `bellhop dev` differs in this: it binds to this machine only, adds a secret of its own
                (`data/dev-secret`), leaves the allowlist `off`, and writes its log as text.

                `BELLHOP_JAVA_OPTIONS` is passed to the virtual machine by the launcher, for example `-Xmx512m`.
                """.formatted(Files.readString(DEFAULTS));
        if (Boolean.getBoolean("bellhop.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }
}
