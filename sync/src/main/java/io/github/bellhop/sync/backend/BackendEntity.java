package io.github.bellhop.sync.backend;

import java.util.regex.Pattern;

/** The entities that can be fetched by id. */
public enum BackendEntity {
    /** A user. */
    USER("user", "users"),
    /** An organization. */
    ORGANIZATION("org", "organizations");

    private static final int MAX_ID_LENGTH = 64;

    private final Pattern form;
    private final String path;

    BackendEntity(String prefix, String path) {
        this.form = Pattern.compile(prefix + "_[A-Za-z0-9]{1," + MAX_ID_LENGTH + "}");
        this.path = "/v1/" + path;
    }

    /** Returns whether a string has the format of this entity's id. Other strings never become part of a URL. */
    public boolean isId(String text) {
        return form.matcher(text).matches();
    }

    /** Returns the URL path of the entity with this id. */
    String pathOf(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("not a Clerk id");
        }
        return path + "/" + id;
    }
}
