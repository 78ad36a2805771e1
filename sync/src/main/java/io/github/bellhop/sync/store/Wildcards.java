package io.github.bellhop.sync.store;

/**
 * How a database is asked for texts in which {@code *} stands for any characters. All other characters are themselves,
 * small and large letters told apart.
 */
public enum Wildcards {
    /** SQL's own, in which databases may take small letters for large ones. */
    LIKE("like ? escape '!'") {
        @Override
        public String pattern(String text) {
            return text.replaceAll("[!%_]", "!$0").replace('*', '%');
        }
    },
    /** SQLite's, whose {@code like} does. */
    GLOB("glob ?") {
        @Override
        public String pattern(String text) {
            return text.replaceAll("[\\[?]", "[$0]");
        }
    };

    private final String operator;

    Wildcards(String operator) {
        this.operator = operator;
    }

    /** The condition on a column, with one place for a {@link #pattern}. */
    public String condition(String column) {
        return column + " " + operator;
    }

    /** What belongs in the condition's place. */
    public abstract String pattern(String text);
}
