package io.github.bellhop.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a class path with no Jackson 3, or one too old. Jackson 2 may stand beside it: the packages differ. */
final class JacksonFailureAnalyzer extends AbstractFailureAnalyzer<LinkageError> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, LinkageError cause) {
        String message = String.valueOf(cause.getMessage());
        if (!message.contains("tools/jackson/core") && !message.contains("tools.jackson.core")) {
            return null;
        }
        return new FailureAnalysis(
                "Bellhop reads JSON with Jackson 3 (tools.jackson.core:jackson-core), which is missing on the class path"
                        + " or too old: " + message,
                "Do not exclude it, and do not manage it to an older version than Bellhop's own. Jackson 2"
                        + " (com.fasterxml.jackson) is another library and may stay beside it.",
                cause);
    }
}
