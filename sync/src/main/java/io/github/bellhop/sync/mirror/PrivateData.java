package io.github.bellhop.sync.mirror;

import static io.github.bellhop.sync.mirror.PrivateData.Treatment.KEEP;
import static io.github.bellhop.sync.mirror.PrivateData.Treatment.MASK;
import static io.github.bellhop.sync.mirror.PrivateData.Treatment.MASK_CODES;
import static io.github.bellhop.sync.mirror.PrivateData.Treatment.OMIT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The private properties of a payload: their keys, the objects in which they are private, and their treatment in each
 * {@link PayloadView}.
 *
 * @hidden
 */
public enum PrivateData {
    /** Codes, and nonces that prove the ownership of a wallet. */
    CODES(Place.ANYWHERE, OMIT, OMIT, MASK, "backup_codes", "nonce", "otp_code"),
    /** The text that a wallet's owner signs. */
    SIGNED_TEXT(Place.VERIFICATION, OMIT, OMIT, MASK, "message"),
    /** Links that admit an invited person. */
    LINKS(Place.OUTSIDE_METADATA, OMIT, OMIT, MASK, "url"),
    /** Metadata that only the app's server may see. */
    PRIVATE_METADATA(Place.ANYWHERE, OMIT, OMIT, MASK, "private_metadata"),
    /** The content of e-mails and text messages. Elsewhere, these keys have other meanings. */
    WORDS(Place.MESSAGE, OMIT, OMIT, MASK, "body", "body_plain", "message", "data"),
    /** Subjects, because Clerk puts one-time codes into them. */
    SUBJECTS(Place.MESSAGE, OMIT, MASK_CODES, MASK, "subject"),
    /** Addresses and other properties that identify a person or allow someone to act as that person. */
    PERSONAL(
            Place.ANYWHERE,
            KEEP,
            KEEP,
            MASK,
            "unsafe_metadata",
            "email_address",
            "phone_number",
            "to_email_address",
            "to_phone_number",
            "identifier",
            "client_ip",
            "user_agent",
            "token",
            "ticket");

    /** The condition of {@link #isMessage} in SQL, with the dialect's placeholder for a bytewise comparison. */
    public static final String MESSAGE_TYPES =
            "(lower(substr(type, 1, 5) ${bytewise}) = 'email' or lower(substr(type, 1, 3) ${bytewise}) = 'sms')";

    private static final Pattern MESSAGE_TYPE = Pattern.compile("(?i)(email|sms)");

    /** The replacement for a masked value. */
    static final String MASKED = "***";

    private static final Pattern CODE = Pattern.compile("\\d{4,}");
    private static final Map<String, List<PrivateData>> BY_KEY = byKey();

    private final Place place;
    private final Treatment stored;
    private final Treatment developers;
    private final Treatment screen;

    /** The keys, separated by spaces. */
    private final String keys;

    PrivateData(Place place, Treatment stored, Treatment developers, Treatment screen, String... keys) {
        this.place = place;
        this.stored = stored;
        this.developers = developers;
        this.screen = screen;
        this.keys = String.join(" ", keys);
    }

    /** The treatment of a private property. */
    enum Treatment {
        /** The property is unchanged. */
        KEEP,
        /** The property is left out. */
        OMIT,
        /** The value is masked, except for null and empty objects and arrays. */
        MASK,
        /** Only the codes in the string are masked. */
        MASK_CODES
    }

    /** The objects in which a key is private. */
    enum Place {
        /** Every object. */
        ANYWHERE,
        /** Objects under {@code verification}. */
        VERIFICATION,
        /** All objects except the app's own metadata. */
        OUTSIDE_METADATA,
        /** The {@code data} object of an e-mail or text message, but no object inside it. */
        MESSAGE;

        private boolean covers(String object, boolean message) {
            return switch (this) {
                case ANYWHERE -> true;
                case VERIFICATION -> object.equals("verification");
                case OUTSIDE_METADATA -> !object.endsWith("metadata");
                case MESSAGE -> message;
            };
        }
    }

    /** Returns the private keys. */
    List<String> keys() {
        return List.of(keys.split(" ", -1));
    }

    /** Returns the objects in which the keys are private. */
    Place place() {
        return place;
    }

    /** Returns the treatment in a view. */
    Treatment in(PayloadView view) {
        return switch (view) {
            case WHOLE -> KEEP;
            case STORED -> stored;
            case STORED_WITH_METADATA -> this == PRIVATE_METADATA ? KEEP : stored;
            case DEVELOPERS -> developers;
            case SCREEN -> screen;
        };
    }

    /**
     * Returns the treatment of a property in a view.
     *
     * @param object  the name of the property whose value is the object, or the array that contains the object; empty
     *                for the payload or entity itself
     * @param message whether the object is the {@code data} of an e-mail or text message
     */
    static Treatment of(PayloadView view, String object, String key, boolean message) {
        if (view == PayloadView.WHOLE) {
            return KEEP;
        }
        for (PrivateData declared : BY_KEY.getOrDefault(key, List.of())) {
            if (declared.place.covers(object, message)) {
                return declared.in(view);
            }
        }
        return KEEP;
    }

    /**
     * Returns whether events of a type contain e-mails or text messages, with their content and codes. These are all
     * types that begin with {@code email} or {@code sms}, ignoring case. Clerk's own types are in lower case, but
     * private data must stay private even if the spelling is unexpected.
     *
     * @param type the event's type; null if it has none
     */
    public static boolean isMessage(@Nullable String type) {
        return type != null && MESSAGE_TYPE.matcher(type).lookingAt();
    }

    /** Masks one-time codes in a string: every sequence of four or more digits. */
    static String withoutCodes(String text) {
        return CODE.matcher(text).replaceAll(MASKED);
    }

    private static Map<String, List<PrivateData>> byKey() {
        Map<String, List<PrivateData>> declared = new HashMap<>();
        for (PrivateData data : values()) {
            data.keys()
                    .forEach(key -> declared.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(data));
        }
        return Map.copyOf(declared);
    }
}
