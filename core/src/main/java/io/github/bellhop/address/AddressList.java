package io.github.bellhop.address;

import io.github.bellhop.event.PayloadJson;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A set of address ranges. Immutable. */
public final class AddressList {
    /**
     * The addresses that Svix sends from, as published on 2026-04-03; the current list is at {@link #SVIX_URL}. The
     * list omits India, which Svix removed on that date.
     */
    public static final AddressList SVIX = of(List.of(
            // us
            "44.228.126.217",
            "50.112.21.217",
            "52.24.126.164",
            "54.148.139.208",
            "2600:1f24:64:8000::/56",
            // us-east
            "54.164.207.221",
            "54.90.7.123",
            "2600:1f28:37:4000::/56",
            // eu
            "52.215.16.239",
            "54.216.8.72",
            "63.33.109.123",
            "2a05:d028:17:8000::/56",
            // au
            "13.239.204.236",
            "54.66.246.217",
            "54.252.65.96",
            "2406:da2c:13:4000::/56",
            // ca
            "52.60.44.49",
            "3.98.68.230",
            "3.96.105.27",
            "2600:1f21:1c:4000::/56"));

    /** The URL where Svix publishes its list. */
    public static final String SVIX_URL = "https://docs.svix.com/webhook-ips.json";

    private final List<AddressRange> ranges;

    private AddressList(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Creates a list from addresses and CIDR blocks.
     *
     * @throws InvalidAddressException if a string is neither; the message names the first such string
     */
    public static AddressList of(Collection<String> texts) {
        return new AddressList(texts.stream().map(AddressRange::parse).toList());
    }

    /**
     * Parses the published format: a JSON object that maps each region to an array of addresses and CIDR blocks.
     *
     * @throws InvalidAddressException if the JSON has another format, the list is empty, an entry is not an address, or
     *     an entry is too wide to exclude strangers (a prefix below 8 for IPv4, below 16 for IPv6)
     */
    public static AddressList parseJson(byte[] json) {
        List<String> texts;
        try {
            texts = PayloadJson.read(json, AddressList::texts);
        } catch (JacksonException broken) {
            throw new InvalidAddressException("the list", "it is not valid JSON");
        }
        if (texts.isEmpty()) {
            throw new InvalidAddressException("the list", "it is empty");
        }
        AddressList list = of(texts);
        list.ranges.forEach(AddressRange::refuseTooWide);
        return list;
    }

    private static List<String> texts(JsonParser parser) {
        List<String> texts = new ArrayList<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidAddressException("the list", "it is not a JSON object");
        }
        while (parser.nextName() != null) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidAddressException("the list", "a region is not an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                texts.add(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "(not a string)");
            }
        }
        if (parser.nextToken() != null) {
            throw new InvalidAddressException("the list", "it has extra content after the JSON object");
        }
        return texts;
    }

    /** Returns whether any range contains the address. */
    public boolean contains(InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number of ranges. */
    public int size() {
        return ranges.size();
    }
}
