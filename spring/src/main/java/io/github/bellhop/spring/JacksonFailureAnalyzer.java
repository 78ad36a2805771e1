package io.github.bellhop.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that Jackson 3 is missing from the class path or too old. Jackson 2 may be present as well, because its
 * packages differ.
 */
final class JacksonFailureAnalyzer extends AbstractFailureAnalyzer<LinkageError> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LinkageError cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.contains("tools/jackson/core") && !message.contains("tools.jackson.core")) {
            return null;
        }
        return new FailureAnalysis(
                "Bellhop needs Jackson 3 (tools.jackson.core:jackson-core), which is missing from the class path"
                        + " or too old: " + message,
                "Do not exclude it, and do not override its version with an older one. Jackson 2"
                        + " (com.fasterxml.jackson) is a separate library and may stay.",
                cause);
    }
}
