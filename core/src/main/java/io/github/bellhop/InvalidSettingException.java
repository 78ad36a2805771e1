package io.github.bellhop;

/**
 * A setting has a value that is not allowed. The message names the setting, its rule and the fix; it never holds the
 * value, which may be a secret.
 */
public final class InvalidSettingException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /** The setting's property. */
    private final String setting;

    /** What to do. */
    private final String fix;

    /**
     * Makes one whose fix is to follow the rule.
     *
     * @param setting the setting's property, such as {@code bellhop.limits.body}
     * @param rule    what its value must be, to go on after "must be"
     */
    public InvalidSettingException(String setting, String rule) {
        super("invalid-setting", "The setting " + setting + " must be " + rule + ".", null);
        this.setting = setting;
        this.fix = SettingNames.in("Set " + setting + " to " + rule + ".");
    }

    /**
     * Makes one with a problem and a fix of their own.
     *
     * @param setting the setting's property
     * @param problem what is wrong with it, to go on after its name
     * @param fix     what to do: a sentence
     */
    public InvalidSettingException(String setting, String problem, String fix) {
        super("invalid-setting", "The setting " + setting + " " + problem + ". " + fix, null);
        this.setting = setting;
        this.fix = SettingNames.in(fix);
    }

    /** Throws unless the value is good. */
    public static void require(boolean good, String setting, String rule) {
        if (!good) {
            throw new InvalidSettingException(setting, rule);
        }
    }

    /** The setting's property, such as {@code bellhop.limits.body}. */
    public String setting() {
        return setting;
    }

    /** What to do: a sentence. */
    public String fix() {
        return fix;
    }
}
