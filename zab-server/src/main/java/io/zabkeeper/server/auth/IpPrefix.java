package io.zabkeeper.server.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An address of the {@code ip} scheme with the number of leading bits that count: {@code 10.0.0.0/8}. Literals only; a
 * name is never looked up, because neither the answer nor its duration would be the same on all members.
 */
final class IpPrefix {
    private static final int IPV4_SIZE = 4;
    private static final int IPV6_SIZE = 16;
    private static final int IPV6_GROUPS = 8;

    private final byte[] address;
    private final int bits;

    private IpPrefix(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Null when the text is no literal, or has more bits than the family. */
    static @Nullable IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int most = address.length * Byte.SIZE;
        int bits = slash < 0 ? most : decimal(text, slash + 1, text.length(), most);
        return bits < 0 ? null : new IpPrefix(address, bits);
    }

    /** Whether the other's address lies within this prefix; addresses of different families never do. */
    boolean contains(IpPrefix other) {
        if (address.length != other.address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        if (!Arrays.equals(address, 0, whole, other.address, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest);
        return rest == 0 || ((address[whole] ^ other.address[whole]) & mask & 0xff) == 0;
    }

    private static byte @Nullable [] address(String text) {
        return text.indexOf(':') < 0 ? ipv4(text, 0) : ipv6(text);
    }

    private static byte @Nullable [] ipv4(String text, int from) {
        byte[] address = new byte[IPV4_SIZE];
        int start = from;
        for (int i = 0; i < IPV4_SIZE; i++) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            if ((dot < 0) != (i == IPV4_SIZE - 1)) {
                return null;
            }
            int part = decimal(text, start, end, 0xff);
            if (part < 0) {
                return null;
            }
            address[i] = (byte) part;
            start = end + 1;
        }
        return address;
    }

    /** Eight groups of hexadecimal digits, one run of zeros as {@code ::}, the last two perhaps as an IPv4 address. */
    private static byte @Nullable [] ipv6(String text) {
        int scope = text.indexOf('%');
        String literal = scope < 0 ? text : text.substring(0, scope);
        int[] groups = new int[IPV6_GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (literal.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < literal.length()) {
            int colon = literal.indexOf(':', at);
            int end = colon < 0 ? literal.length() : colon;
            if (colon < 0 && literal.indexOf('.', at) >= 0) {
                byte[] tail = ipv4(literal, at);
                if (tail == null || count > IPV6_GROUPS - 2) {
                    return null;
                }
                groups[count++] = (tail[0] & 0xff) << Byte.SIZE | (tail[1] & 0xff);
                groups[count++] = (tail[2] & 0xff) << Byte.SIZE | (tail[3] & 0xff);
                break;
            }
            int group = hexadecimal(literal, at, end);
            if (group < 0 || count == IPV6_GROUPS) {
                return null;
            }
            groups[count++] = group;
            if (colon < 0) {
                break;
            }
            at = colon + 1;
            if (at == literal.length()) {
                return null;
            }
            if (literal.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count != IPV6_GROUPS : count == IPV6_GROUPS) {
            return null;
        }
        byte[] address = new byte[IPV6_SIZE];
        int missing = IPV6_GROUPS - count;
        for (int i = 0; i < count; i++) {
            int place = gap >= 0 && i >= gap ? i + missing : i;
            address[2 * place] = (byte) (groups[i] >> Byte.SIZE);
            address[2 * place + 1] = (byte) groups[i];
        }
        return address;
    }

    /** -1 for anything but one to four digits with a value up to {@code most}. */
    private static int decimal(String text, int from, int to, int most) {
        return number(text, from, to, 10, most);
    }

    private static int hexadecimal(String text, int from, int to) {
        return number(text, from, to, 16, 0xffff);
    }

    private static int number(String text, int from, int to, int radix, int most) {
        if (to <= from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= most ? value : -1;
    }
}
