package io.github.bellhop;

/**
 * A setting has a value that is not allowed. The message names the setting, its rule and the fix. It never contains the
 * value, which may be a secret.
 */
public final class InvalidSettingException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** The setting's property name. */
    private final String setting;

    /** What to do. */
    private final String fix;

    /**
     * Creates an exception whose fix is to follow the rule.
     *
     * @param setting the setting's property name, such as {@code bellhop.limits.body}
     * @param rule    what the value must be; completes the phrase "must be"
     */
    public InvalidSettingException(String setting, String rule) {
        super("invalid-setting", "The setting " + setting + " must be " + rule + ".", null);
        this.setting = setting;
        this.fix = SettingNames.in("Set " + setting + " to " + rule + ".");
    }

    /**
     * Creates an exception with a custom problem and fix.
     *
     * @param setting the setting's property name
     * @param problem what is wrong with the setting; continues the sentence after its name
     * @param fix     what to do, as a sentence
     */
    public InvalidSettingException(String setting, String problem, String fix) {
        super("invalid-setting", "The setting " + setting + " " + problem + ". " + fix, null);
        this.setting = setting;
        this.fix = SettingNames.in(fix);
    }

    /** Throws an exception if the value is not valid. */
    public static void require(boolean good, String setting, String rule) {
        if (!good) {
            throw new InvalidSettingException(setting, rule);
        }
    }

    /** Returns the setting's property name, such as {@code bellhop.limits.body}. */
    public String setting() {
        return setting;
    }

    /** Returns what to do, as a sentence. */
    public String fix() {
        return fix;
    }
}
