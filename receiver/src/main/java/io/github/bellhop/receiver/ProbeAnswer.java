package io.github.bellhop.receiver;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to a probe: a signed event of the type {@value #TYPE}. It describes how the receiver sees the sender.
 * Clerk never sends events of this type, and the receiver does not store them. Only a sender that has the signing
 * secret gets this answer.
 *
 * @param allowlist how the receiver checks the sender's address: {@code off}, {@code observe} or {@code enforce}
 * @param socket    the address at the other end of the connection
 * @param address   the sender's effective address; null if a trusted proxy sent no usable address
 * @param listed    whether the address is one of Svix's
 * @param headers   the names of received headers that indicate a proxy, never their values
 * @hidden
 */
public record ProbeAnswer(
        String allowlist, String socket, @Nullable String address, boolean listed, List<String> headers) {
    /** The type of a probe. */
    public static final String TYPE = "bellhop.probe";

    /** The {@code User-Agent} of {@code bellhop doctor}. */
    public static final String DOCTOR = "bellhop-doctor";

    /** The prefix of a probe's message id. */
    public static final String ID_PREFIX = "msg_probe_";

    /** The maximum length of a probe's body, in bytes. */
    private static final int MAX_BYTES = 1024;

    static final List<String> FORWARDING = List.of(
            "CF-Connecting-IP",
            "True-Client-IP",
            "X-Vercel-Forwarded-For",
            "X-Real-IP",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "Forwarded",
            "Via");

    private static final JsonMapper JSON = new JsonMapper();

    /** Copies the list of headers. Only the address may be null. */
    public ProbeAnswer {
        Objects.requireNonNull(allowlist, "allowlist");
        Objects.requireNonNull(socket, "socket");
        headers = List.copyOf(headers);
    }

    /** Checks cheaply whether a request may be a probe; the signature is the proof. */
    static boolean isLikely(HttpServletRequest request) {
        String id = request.getHeader("svix-id");
        long length = request.getContentLengthLong();
        return id != null && id.startsWith(ID_PREFIX) && length > 0 && length <= MAX_BYTES;
    }

    /**
     * Returns whether a request claims to be from {@code bellhop doctor}. The refusal of such a request says nothing
     * about Clerk's deliveries.
     */
    static boolean isByDoctor(HttpServletRequest request) {
        String id = request.getHeader("svix-id");
        return DOCTOR.equals(request.getHeader("User-Agent")) || (id != null && id.startsWith(ID_PREFIX));
    }

    /** Returns the JSON of the answer. */
    byte[] json() {
        ObjectNode answer = JSON.valueToTree(this);
        return JSON.writeValueAsBytes(answer.put("result", "probe"));
    }

    /** Parses an answer; null if the body is not an answer to a probe. */
    public static @Nullable ProbeAnswer read(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            boolean probe = answer.path("result").asString("").equals("probe");
            return probe ? JSON.treeToValue(answer, ProbeAnswer.class) : null;
        } catch (JacksonException noJson) {
            return null;
        }
    }
}
