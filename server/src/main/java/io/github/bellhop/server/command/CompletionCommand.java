package io.github.bellhop.server.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bellhop completion}: prints a completion script for bash and zsh. */
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
    /** The description in the list of commands. */
    static final String ABOUT = "Print a completion script for bash and zsh.";

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
