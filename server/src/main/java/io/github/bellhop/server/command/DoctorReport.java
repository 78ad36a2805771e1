package io.github.bellhop.server.command;

import io.github.bellhop.server.doctor.Finding;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints what a doctor found: for people in 80 columns, or one JSON object a line. */
final class DoctorReport {
    private static final String INDENT = "      ";
    private static final JsonMapper JSON = new JsonMapper();

    private final PrintWriter out;
    private final boolean colour;

    /** A report; with colours where they are shown. */
    DoctorReport(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void text(List<Finding> findings) {
        for (Finding finding : findings) {
            String body = Paragraph.of(INDENT, finding.check() + ": " + finding.what());
            out.print(level(finding.level())
                    + body.substring(finding.level().word().length()));
            part("Why: ", finding.why());
            part("Mend: ", finding.mend());
        }
        out.println();
        out.println(count(findings, Finding.Level.FAIL) + " failed, " + count(findings, Finding.Level.WARN)
                + " to look at, " + count(findings, Finding.Level.OK) + " well, " + count(findings, Finding.Level.SKIP)
                + " not looked at.");
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

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    void json(List<Finding> findings) {
        for (Finding finding : findings) {
            ObjectNode line = JSON.createObjectNode();
            line.put("check", finding.check());
            line.put("level", finding.level().word());
            line.put("what", finding.what());
            line.put("why", finding.why());
            line.put("mend", finding.mend());
            out.println(JSON.writeValueAsString(line));
        }
        out.flush();
    }
}
