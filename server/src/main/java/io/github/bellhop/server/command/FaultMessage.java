package io.github.bellhop.server.command;

import io.github.bellhop.BellhopException;
import io.github.bellhop.server.settings.UnusableSettingException;
import io.github.bellhop.sync.store.DatabaseFileException;
import io.github.bellhop.sync.store.SchemaException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints the message of a {@link BellhopException} without a stack trace, and rethrows any other exception. */
final class FaultMessage implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult arguments) throws Exception {
        if (!(fault instanceof BellhopException known)) {
            throw fault;
        }
        CommandContext.say(command, String.valueOf(known.getMessage()));
        boolean setting = fault instanceof UnusableSettingException
                || fault instanceof SchemaException
                || fault instanceof DatabaseFileException;
        return setting ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }
}
