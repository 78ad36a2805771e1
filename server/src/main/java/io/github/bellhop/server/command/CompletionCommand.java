package io.github.bellhop.server.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bellhop completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = {
            CompletionCommand.ABOUT,
            "",
        },
        footer = {
            "",
            "Examples:",
            "  source <(bellhop completion)",
            "  bellhop completion > ~/.local/share/bash-completion/completions/bellhop"
        })
final class CompletionCommand implements Runnable {
    /** What it does, as the list of commands has it. */
    static final String ABOUT = "Prints a script by which bash and zsh complete commands and options.";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine program = spec.root().commandLine();
        program.getOut().println(AutoComplete.bash("bellhop", program));
        program.getOut().flush();
    }
}
