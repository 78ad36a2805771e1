package io.github.bellhop.simulator.clerk;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The codes that a backend sends to e-mail addresses or phone numbers to verify that the user has access to them. */
public final class Verifications {
    private static final Set<String> OF_ATTEMPT = Set.of("verification_id", "code");

    /** The number of wrong codes after which a verification fails. Clerk does not document it. */
    private static final int MOST_ATTEMPTS = 3;

    private final Identifications identifications;
    private final Messages messages;
    private final Kernel kernel;
    private final Table table;

    Verifications(Kernel kernel, Identifications identifications, Messages messages) {
        this.identifications = identifications;
        this.messages = messages;
        this.kernel = kernel;
        this.table = kernel.tables.verifications;
    }

    /** Sends a code to an identifier, and emits {@code email.created} or {@code sms.created}. */
    public ObjectNode prepare(String id) {
        return kernel.locked(() -> {
            ObjectNode owner = identifications.owner(id);
            Identification kind = identifications.kind();
            String code = messages.send(owner, kind, kind.find(owner, id))
                    .at("/data/otp_code")
                    .stringValue();
            ObjectNode verification =
                    kernel.shape("verification", kernel.newId("ver"), Map.of()).put("code", code);
            verification
                    .put("identification_id", id)
                    .put("strategy", kind == Identification.PHONE_NUMBER ? "phone_code" : "email_code")
                    .put("channel", kind == Identification.PHONE_NUMBER ? "sms" : null);
            table.put(verification);
            return view(verification);
        });
    }

    /** Checks a code. The first correct code verifies the identifier, unless it is already verified. */
    public ObjectNode attempt(String id, ObjectNode given) {
        Params params = Params.of(given, OF_ATTEMPT);
        return kernel.locked(() -> {
            identifications.owner(id);
            ObjectNode before = find(id, params.requiredText("verification_id"));
            ObjectNode after = before.deepCopy();
            judge(after, params.requiredText("code"));
            table.put(after);
            if (Tables.text(after, "status").equals("verified")) {
                identifications.verified(id, after);
            }
            return view(after);
        });
    }

    private ObjectNode find(String identificationId, String id) {
        ObjectNode found = table.find(id);
        if (found == null || !Tables.text(found, "identification_id").equals(identificationId)) {
            throw ClerkRefusedException.notFound("verification", id);
        }
        if (Tables.text(found, "status").equals("verified")) {
            throw ClerkRefusedException.of(
                    400,
                    "verification_already_verified",
                    "already verified",
                    "This verification has already been verified.");
        }
        return found;
    }

    private void judge(ObjectNode verification, String code) {
        long attempts = verification.path("attempts").longValue();
        if (kernel.now() >= verification.path("expire_at").longValue()) {
            verification.put("status", "expired");
        } else if (attempts < MOST_ATTEMPTS) {
            boolean right = code.equals(Tables.text(verification, "code"));
            verification.put("attempts", attempts + 1);
            if (right || attempts + 1 == MOST_ATTEMPTS) {
                verification.put("status", right ? "verified" : "failed");
            }
        }
    }

    private static ObjectNode view(ObjectNode verification) {
        ObjectNode view = verification.deepCopy();
        view.remove(Set.of("code", "identification_id", "created_at"));
        return view;
    }
}
