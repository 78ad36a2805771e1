package io.github.bellhop.server.settings;

import io.github.bellhop.BellhopException;
import io.github.bellhop.InvalidSettingException;

/** A setting without which a command cannot run; its message names the setting and the fix. It means exit code 2. */
public final class UnusableSettingException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message names the setting and the fix, and never a secret. */
    public UnusableSettingException(String message) {
        super("unusable-setting", message, null);
    }

    UnusableSettingException(InvalidSettingException invalid) {
        this(String.valueOf(invalid.getMessage()));
    }
}
