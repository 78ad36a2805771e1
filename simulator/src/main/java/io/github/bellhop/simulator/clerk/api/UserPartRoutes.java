package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkError;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Identifications;
import io.github.bellhop.simulator.clerk.Images;
import io.github.bellhop.simulator.clerk.Passwords;
import io.github.bellhop.simulator.clerk.SecondFactors;
import io.github.bellhop.simulator.clerk.Users;
import io.github.bellhop.simulator.clerk.Verifications;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.Multipart;
import io.github.bellhop.simulator.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes for a user's second factors, passkeys, wallets, images, invitations and replaced identifiers, and for
 * several users at once.
 */
final class UserPartRoutes {
    private static final String ONE = "/users/{id}";
    private static final int MAX_BULK = 50;

    private final ClerkInstance instance;
    private final Users users;

    UserPartRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.users = instance.users();
    }

    void addTo(Routes<Call> paths) {
        paths.post("/users/ban", call -> Call.array(users.banAll(ids(call))))
                .post("/users/unban", call -> Call.array(users.unbanAll(ids(call))))
                .get(
                        ONE + "/organization_invitations",
                        call -> Call.counted(instance.invitations()
                                .listOfUser(
                                        call.id(),
                                        call.page(),
                                        call.filter()
                                                .oneOf("status", "/status", OrganizationRoutes.INVITATION_STATUSES))))
                .delete(ONE + "/passkeys/{part}", call -> users.deletePasskey(call.id(), call.part()))
                .delete(
                        ONE + "/web3_wallets/{part}",
                        call -> instance.web3Wallets().delete(call.id(), call.part()));
        addSecondFactors(paths, instance.secondFactors());
        addPasswords(paths, instance.passwords());
        addImages(paths, instance.images());
        addIdentifiers(paths, "email_address", "/email_addresses", instance.emailAddresses(), instance.emailCodes());
        addIdentifiers(paths, "phone_number", "/phone_numbers", instance.phoneNumbers(), instance.phoneCodes());
    }

    /** The ids in a bulk request. The specification documents only status 400 for invalid ids. */
    private static List<String> ids(Call call) {
        JsonNode ids = call.body().path("user_ids");
        if (!ids.isArray() || ids.isEmpty() || !ids.valueStream().allMatch(JsonNode::isString)) {
            throw ClerkError.BODY_INVALID.because("user_ids must be an array of at least one user id.");
        }
        if (ids.size() > MAX_BULK) {
            throw ClerkError.BULK_SIZE.because(
                    "Parameters exceed the maximum allowed bulk processing size of " + MAX_BULK + ".");
        }
        return ids.valueStream().map(JsonNode::stringValue).distinct().toList();
    }

    private static void addSecondFactors(Routes<Call> paths, SecondFactors factors) {
        paths.delete(ONE + "/totp", answeringId(factors::removeTotp))
                .delete(ONE + "/backup_code", answeringId(factors::removeBackupCodes))
                .delete(ONE + "/mfa", answeringId(factors::removeAll));
    }

    private static Function<Call, JsonNode> answeringId(Function<String, ObjectNode> change) {
        return call -> ApiJson.object().set("user_id", change.apply(call.id()).path("id"));
    }

    private static void addPasswords(Routes<Call> paths, Passwords passwords) {
        paths.post(ONE + "/remove_password", call -> passwords.remove(call.id(), call.body()))
                .post(ONE + "/password/set_compromised", call -> passwords.setCompromised(call.id(), call.body()))
                .post(ONE + "/password/unset_compromised", call -> passwords.unsetCompromised(call.id()));
    }

    private static void addImages(Routes<Call> paths, Images images) {
        String logo = "/organizations/{id}/logo";
        paths.post(
                        ONE + "/profile_image",
                        call -> images.setPicture(call.id(), file(form(call)).contentType()))
                .delete(ONE + "/profile_image", call -> images.removePicture(call.id()))
                .put(logo, call -> {
                    Map<String, Multipart.Part> form = form(call);
                    return images.setLogo(call.id(), file(form).contentType(), text(form, "uploader_user_id"));
                })
                .delete(logo, call -> images.removeLogo(call.id()));
    }

    private static Map<String, Multipart.Part> form(Call call) {
        return Multipart.parts(call.request());
    }

    private static Multipart.Part file(Map<String, Multipart.Part> form) {
        Multipart.Part file = form.get("file");
        if (file == null || file.text().isEmpty()) {
            throw ClerkRefusedException.of(
                    400, "form_param_missing", "Image file missing", "There was no image file present in the request");
        }
        return file;
    }

    private static @Nullable String text(Map<String, Multipart.Part> form, String name) {
        Multipart.Part part = form.get(name);
        return part == null ? null : part.text();
    }

    private static void addIdentifiers(
            Routes<Call> paths, String name, String path, Identifications identifications, Verifications codes) {
        paths.put(ONE + "/" + name, call -> identifications.replace(call.id(), call.body()))
                .post(path + "/{id}/prepare_verification", call -> codes.prepare(call.id()))
                .post(path + "/{id}/attempt_verification", call -> codes.attempt(call.id(), call.body()));
    }
}
