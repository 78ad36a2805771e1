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
 * What a receiver answers to a signed event of the type {@value #TYPE}, which Clerk never sends and which is not kept:
 * how it sees its sender. Only who has the signing secret is told.
 *
 * @param allowlist what is done about the sender's address: {@code off}, {@code observe} or {@code enforce}
 * @param socket    the address at the other end of the connection
 * @param address   the sender's, as it counts; null when a trusted proxy told none that is usable
 * @param listed    whether that is one of Svix's
 * @param headers   the names of headers that came and tell of a proxy, never what they say
 * @hidden
 */
public record ProbeAnswer(
        String allowlist, String socket, @Nullable String address, boolean listed, List<String> headers) {
    /** The type of the event. */
    public static final String TYPE = "bellhop.probe";

    /** What {@code bellhop doctor} names itself in {@code User-Agent}. */
    public static final String DOCTOR = "bellhop-doctor";

    /** What the message id of a probe begins with. */
    public static final String ID_PREFIX = "msg_probe_";

    /** How long the body of a probe is at most, in bytes. */
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

    /** Copies; only the address may be missing. */
    public ProbeAnswer {
        Objects.requireNonNull(allowlist, "allowlist");
        Objects.requireNonNull(socket, "socket");
        headers = List.copyOf(headers);
    }

    /** Whether a request may be a probe, by what costs nothing to look at; only its signature proves it. */
    static boolean isLikely(HttpServletRequest request) {
        String id = request.getHeader("svix-id");
        long length = request.getContentLengthLong();
        return id != null && id.startsWith(ID_PREFIX) && length > 0 && length <= MAX_BYTES;
    }

    /** Whether a request says that it is one of {@code bellhop doctor}'s, so that its refusal tells nothing of Clerk's. */
    static boolean isByDoctor(HttpServletRequest request) {
        String id = request.getHeader("svix-id");
        return DOCTOR.equals(request.getHeader("User-Agent")) || (id != null && id.startsWith(ID_PREFIX));
    }

    /** As it is answered. */
    byte[] json() {
        ObjectNode answer = JSON.valueToTree(this);
        return JSON.writeValueAsBytes(answer.put("result", "probe"));
    }

    /** Reads an answer; null when it is another one. */
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
