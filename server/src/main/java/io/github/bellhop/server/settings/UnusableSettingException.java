package io.github.bellhop.server.settings;

import io.github.bellhop.BellhopException;

/** A setting without which a command cannot run; its message names the setting and the mend. It means exit code 2. */
public final class UnusableSettingException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message names the setting and the mend, and never a secret. */
    public UnusableSettingException(String message) {
        super("unusable-setting", message, null);
    }
}
