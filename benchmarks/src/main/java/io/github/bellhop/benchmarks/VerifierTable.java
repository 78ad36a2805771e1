package io.github.bellhop.benchmarks;

import java.util.List;
import java.util.Locale;

/** The results as a Markdown table, each compared with the bare MAC for the same size. */
final class VerifierTable {
    private final List<VerifierFigure> figures;

    VerifierTable(List<VerifierFigure> figures) {
        this.figures = figures;
    }

    String markdown() {
        StringBuilder table = new StringBuilder();
        table.append("| body | content | verifier | time, µs | times the bare MAC | allocated, bytes |\n");
        table.append("|---:|---|---|---:|---:|---:|\n");
        for (String content : List.of("names", "ascii")) {
            figures.stream()
                    .map(VerifierFigure::bytes)
                    .distinct()
                    .sorted()
                    .forEach(bytes -> append(table, content, bytes));
        }
        return table.toString();
    }

    private void append(StringBuilder table, String content, int bytes) {
        List<VerifierFigure> ofSize = figures.stream()
                .filter(figure -> figure.bytes() == bytes && figure.content().equals(content))
                .toList();
        double floor = ofSize.stream()
                .filter(figure -> figure.contender().equals("bareMac"))
                .mapToDouble(VerifierFigure::micros)
                .findFirst()
                .orElse(Double.NaN);
        for (VerifierFigure figure : ofSize) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %d KB | %s | %s | %.2f ± %.2f | %.2f | %,.0f |%n",
                    bytes / 1024,
                    content,
                    label(figure.contender()),
                    figure.micros(),
                    figure.error(),
                    figure.micros() / floor,
                    figure.allocatedBytes()));
        }
    }

    private static String label(String contender) {
        return switch (contender) {
            case "bareMac" -> "bare `Mac`";
            case "bellhop" -> "**Bellhop**";
            case "svixFromBytes" -> "`com.svix`, from bytes";
            case "standardWebhooksFromBytes" -> "`com.standardwebhooks`, from bytes";
            default -> contender;
        };
    }
}
