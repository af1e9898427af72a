package io.zabkeeper.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ZnodeDataTest {
    @Test
    void shows_text_as_it_is() {
        assertThat(data("größer\n\tals\n").readable()).isEqualTo("größer\n\tals\n");
        assertThat(data("").readable()).isEmpty();
    }

    @Test
    void dumps_what_could_disturb_a_terminal() {
        assertThat(data("\033[31mred").readable())
                .isEqualTo("00000000  1b 5b 33 31 6d 72 65 64                           |.[31mred|\n");
        assertThat(data("a\rb").readable()).startsWith("00000000  61 0d 62 ");
    }

    @Test
    void dumps_bytes_that_are_no_text_sixteen_a_line() {
        byte[] bytes = new byte[18];
        bytes[0] = (byte) 0xFF;

        assertThat(new ZnodeData(bytes).readable()).isEqualTo("""
                        00000000  ff 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
                        00000010  00 00                                             |..|
                        """);
    }

    @Test
    void says_in_json_how_the_data_is_encoded() {
        assertThat(json(data("é"))).isEqualTo("{\"data\":\"\\u00e9\",\"encoding\":\"utf8\"}");
        assertThat(json(new ZnodeData(new byte[] {(byte) 0xFF, 0})))
                .isEqualTo("{\"data\":\"/wA=\",\"encoding\":\"base64\"}");
    }

    @Test
    void keeps_a_name_on_one_line() {
        assertThat(ZnodeData.onOneLine("a\nb\033ü")).isEqualTo("a\\u000ab\\u001bü");
    }

    private static ZnodeData data(String text) {
        return new ZnodeData(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(ZnodeData data) {
        Map<String, @Nullable Object> object = Json.object();
        data.putInto(object);
        return Json.of(object);
    }
}
