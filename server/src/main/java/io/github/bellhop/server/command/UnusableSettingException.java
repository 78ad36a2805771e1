package io.github.bellhop.server.command;

import io.github.bellhop.BellhopException;

/** A setting without which a command cannot run; its message names the setting and the mend. It means exit code 2. */
final class UnusableSettingException extends BellhopException {
    private static final long serialVersionUID = 1L;

    UnusableSettingException(String message) {
        super("unusable-setting", message, null);
    }
}
