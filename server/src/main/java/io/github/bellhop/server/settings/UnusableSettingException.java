package io.github.bellhop.server.settings;

import io.github.bellhop.BellhopException;
import io.github.bellhop.InvalidSettingException;

/** Thrown if a command cannot run because a setting or option is missing or invalid. The command exits with code 2. */
public final class UnusableSettingException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. The message names the setting and the fix, and never contains a secret. */
    public UnusableSettingException(String message) {
        super("unusable-setting", message, null);
    }

    UnusableSettingException(InvalidSettingException invalid) {
        this(String.valueOf(invalid.getMessage()));
    }
}
