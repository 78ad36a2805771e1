package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The e-mails that notify users of changes. Callers must hold the lock. */
final class Mail {
    private final Kernel kernel;

    Mail(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Notifies a user's former primary e-mail address of the new one. Does nothing if the primary address has not
     * changed, or if the user had no primary address.
     */
    void primaryAddressChanged(JsonNode before, JsonNode after) {
        JsonNode former = Identification.EMAIL_ADDRESS.primaryOf(before);
        JsonNode current = Identification.EMAIL_ADDRESS.primaryOf(after);
        if (!former.isObject() || former.path("id").equals(current.path("id"))) {
            return;
        }
        String user = Tables.text(after, "id");
        String address = Tables.text(current, "email_address");
        String subject = "Your primary email address has been changed";
        ObjectNode email =
                email(Map.of("user", user), "primary_email_address_changed", subject, subject + " to " + address + ".");
        email.set("to_email_address", former.path("email_address"));
        email.set("email_address_id", former.path("id"));
        ObjectNode data = (ObjectNode) email.get("data");
        data.remove("otp_code");
        data.put("new_email_address", address);
        kernel.emit(EventType.EMAIL_CREATED, email);
    }

    /**
     * Sends an e-mail to an address if the parameter {@code notify} is true. The address need not belong to a user.
     * Clerk also sends the e-mail if the parameter is missing; its Java clients always set the parameter.
     *
     * @param slug    the name of Clerk's template
     * @param subject the subject; the text of the e-mail is invented
     */
    void notify(Params params, String address, String slug, String subject) {
        if (!params.flag("notify", false)) {
            return;
        }
        ObjectNode email = email(Map.of(), slug, subject, subject + ".")
                .put("to_email_address", address)
                .putNull("user_id")
                .putNull("email_address_id");
        ((ObjectNode) email.get("data")).remove(List.of("otp_code", "user"));
        kernel.emit(EventType.EMAIL_CREATED, email);
    }

    private ObjectNode email(Map<String, String> named, String slug, String subject, String text) {
        return kernel.shape("email", kernel.newId("ema"), named)
                .put("slug", slug)
                .put("subject", subject)
                .put("body", "<!DOCTYPE html>\n<html><body><p>" + text + "</p></body></html>")
                .put("body_plain", text + "\n");
    }
}
