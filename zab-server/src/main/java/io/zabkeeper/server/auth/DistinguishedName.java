package io.zabkeeper.server.auth;

/**
 * The form of a certificate's subject (RFC 2253): {@code CN=bob,O=a}. A check of our own, because members that run on
 * different Java versions must agree about every text, and the platform's parser makes no such promise.
 */
final class DistinguishedName {
    private DistinguishedName() {}

    /** Types and values in pairs; separators inside quotes or behind a backslash belong to a value. */
    static boolean isOne(String text) {
        int from = 0;
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                if (i == text.length()) {
                    return false;
                }
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && (c == ',' || c == ';' || c == '+')) {
                if (!isPair(text, from, i)) {
                    return false;
                }
                from = i + 1;
            }
        }
        return !isQuoted && isPair(text, from, text.length());
    }

    private static boolean isPair(String text, int from, int to) {
        int equals = text.indexOf('=', from);
        if (equals < 0 || equals >= to) {
            return false;
        }
        String type = text.substring(from, equals).strip();
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isInside = (c >= '0' && c <= '9') || c == '.' || c == '-';
            if (!isLetter && !isInside) {
                return false;
            }
        }
        return !type.isEmpty();
    }
}
