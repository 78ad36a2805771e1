package io.github.bellhop.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream text = ProgramVersion.class.getResourceAsStream("version.txt")) {
            String version = text == null ? "unknown" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new String[] {"bellhop " + version};
        }
    }
}
