package io.github.bellhop.sync.store;

/**
 * The syntax for patterns in which {@code *} matches any sequence of characters. All other characters match themselves;
 * matching is case-sensitive.
 */
public enum Wildcards {
    /** The operator of standard SQL. It ignores case in some databases. */
    LIKE("like ? escape '!'") {
        @Override
        public String pattern(String text) {
            return text.replaceAll("[!%_]", "!$0").replace('*', '%');
        }
    },
    /** SQLite's case-sensitive operator. SQLite's {@code like} ignores case. */
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

    /** Returns the condition on a column, with one parameter for a {@link #pattern}. */
    public String condition(String column) {
        return column + " " + operator;
    }

    /** Returns the condition's parameter for a pattern that may contain {@code *}. */
    public abstract String pattern(String text);
}
