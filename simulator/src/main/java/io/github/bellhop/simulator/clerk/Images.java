package io.github.bellhop.simulator.clerk;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The pictures of users and the logos of organizations. Only their URLs are stored, not their bytes. */
public final class Images {
    /** The content types of images that Clerk accepts. */
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private static final String HOST = "https://img.clerk.com/";

    private final Users users;
    private final Organizations organizations;

    Images(Users users, Organizations organizations) {
        this.users = users;
        this.organizations = organizations;
    }

    /** Sets a user's picture, and returns the user. */
    public ObjectNode setPicture(String userId, String contentType) {
        requireImage(contentType);
        return users.change(userId, user -> show(user, HOST + users.kernel.newId("img"), true, "profile_image_url"));
    }

    /** Removes a user's picture, and returns the user. */
    public ObjectNode removePicture(String userId) {
        return users.change(userId, removal("profile_image_url"));
    }

    /**
     * Sets an organization's logo, and returns the organization.
     *
     * @param uploader the user who uploads the logo; null if unknown
     */
    public ObjectNode setLogo(String organizationId, String contentType, @Nullable String uploader) {
        requireImage(contentType);
        return organizations.kernel.locked(() -> {
            if (uploader != null) {
                organizations.tables.users.get(uploader);
            }
            String url = HOST + organizations.kernel.newId("img");
            return organizations.change(organizationId, organization -> show(organization, url, true, "logo_url"));
        });
    }

    /** Removes an organization's logo, and returns the organization. */
    public ObjectNode removeLogo(String organizationId) {
        return organizations.change(organizationId, removal("logo_url"));
    }

    private static Consumer<ObjectNode> removal(String legacyKey) {
        return entity -> {
            if (!entity.path("has_image").asBoolean(false)) {
                throw ClerkRefusedException.of(404, "image_not_found", "Image not found", "Image not found");
            }
            show(entity, HOST + Tables.text(entity, "id"), false, legacyKey);
        };
    }

    /** Sets the keys of an image. Without an upload, Clerk shows a generated picture, but no logo. */
    private static void show(ObjectNode entity, String url, boolean uploaded, String legacyKey) {
        entity.put("image_url", url).put("has_image", uploaded);
        entity.put(legacyKey, uploaded || legacyKey.equals("profile_image_url") ? url : null);
    }

    /** Clerk does not document the error code for a file of an unsupported type. */
    private static void requireImage(String contentType) {
        if (!TYPES.contains(contentType)) {
            throw ClerkRefusedException.of(
                    400,
                    "image_type_not_supported",
                    "Image type not supported",
                    "The image is of type " + contentType + ". Supported are image/gif, image/jpeg, image/png and"
                            + " image/webp.");
        }
    }
}
