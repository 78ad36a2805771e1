package io.github.bellhop.server.doctor;

import io.github.bellhop.server.doctor.Doctor.Result;
import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Prints the findings: as text in 80 columns, or as one JSON object per line. */
public final class DoctorReport {
    private static final String INDENT = "      ";

    private final PrintWriter out;
    private final boolean colour;

    /** Creates a report that prints to {@code out}, in colour if {@code colour} is true. */
    public DoctorReport(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    public void text(List<Result> results) {
        for (Result result : results) {
            Finding finding = result.finding();
            String body = Paragraph.of(INDENT, result.check() + ": " + finding.what());
            out.print(level(finding.level())
                    + body.substring(finding.level().word().length()));
            part("Why: ", finding.why());
            part("Fix: ", finding.fix());
        }
        out.println();
        out.println(count(results, Finding.Level.FAIL) + " failed, " + count(results, Finding.Level.WARN)
                + (count(results, Finding.Level.WARN) == 1 ? " warning, " : " warnings, ")
                + count(results, Finding.Level.OK) + " ok, " + count(results, Finding.Level.SKIP) + " skipped.");
        out.flush();
    }

    private void part(String title, @Nullable String text) {
        if (text != null) {
            out.print(Paragraph.of(INDENT, title + text));
        }
    }

    private String level(Finding.Level level) {
        if (!colour) {
            return level.word();
        }
        String style = switch (level) {
            case OK -> "green";
            case SKIP -> "faint";
            case WARN -> "yellow";
            case FAIL -> "bold,red";
        };
        return Ansi.ON.string("@|" + style + " " + level.word() + "|@");
    }

    private static long count(List<Result> results, Finding.Level level) {
        return results.stream()
                .filter(result -> result.finding().level() == level)
                .count();
    }

    public void json(List<Result> results) {
        for (Result result : results) {
            Finding finding = result.finding();
            JsonLine line = new JsonLine();
            line.put("check", result.check());
            line.put("level", finding.level().word());
            line.put("what", finding.what());
            line.put("why", finding.why());
            line.put("fix", finding.fix());
            out.println(line.text());
        }
        out.flush();
    }
}
