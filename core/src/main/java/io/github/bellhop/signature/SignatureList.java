package io.github.bellhop.signature;

import java.util.Base64;

/**
 * The signature header: entries {@code version,base64} separated by spaces. Entries are compared as text, in constant
 * time, so that only the canonical base64 of the expected bytes matches.
 */
final class SignatureList {
    private SignatureList() {}

    /** Whether any entry of the version is exactly the expected signature. Looks at every entry, whatever it finds. */
    static boolean contains(String header, String version, byte[] signature) {
        byte[] expected = Base64.getEncoder().encode(signature);
        int textStart = version.length() + 1;
        boolean found = false;
        for (int start = 0; start < header.length(); ) {
            int end = entryEnd(header, start);
            if (isOf(header, start, end, version) && end - start == textStart + expected.length) {
                int difference = 0;
                for (int i = 0; i < expected.length; i++) {
                    difference |= header.charAt(start + textStart + i) ^ expected[i];
                }
                found |= difference == 0;
            }
            start = end + 1;
        }
        return found;
    }

    static int entryEnd(String header, int start) {
        int space = header.indexOf(' ', start);
        return space < 0 ? header.length() : space;
    }

    static boolean isOf(String header, int start, int end, String version) {
        return end - start > version.length()
                && header.startsWith(version, start)
                && header.charAt(start + version.length()) == ',';
    }
}
