package io.github.bellhop.sync.backend;

import java.util.regex.Pattern;

/** What can be asked for by its id. */
public enum BackendEntity {
    /** A user. */
    USER("user", "users"),
    /** An organization. */
    ORGANIZATION("org", "organizations");

    private static final int LONGEST_ID = 64;

    private final Pattern form;
    private final String path;

    BackendEntity(String prefix, String path) {
        this.form = Pattern.compile(prefix + "_[A-Za-z0-9]{1," + LONGEST_ID + "}");
        this.path = "/v1/" + path;
    }

    /** Whether an id has the form of Clerk's: what is no id never becomes part of a URL. */
    public boolean isId(String text) {
        return form.matcher(text).matches();
    }

    /** Where the one with this id is. */
    String pathOf(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("no id of Clerk's");
        }
        return path + "/" + id;
    }
}
