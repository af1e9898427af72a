package io.zabkeeper.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void writes_fields_in_the_order_in_which_they_were_put() {
        Map<String, @Nullable Object> object = Json.object();
        object.put("z", 1);
        object.put("a", Arrays.asList("x", null, true, 1.5, -7L));
        object.put("empty", List.of());
        object.put("none", Json.object());

        assertThat(Json.of(object)).isEqualTo("{\"z\":1,\"a\":[\"x\",null,true,1.5,-7],\"empty\":[],\"none\":{}}");
    }

    @Test
    void escapes_everything_but_plain_ascii() {
        assertThat(Json.of("\"\\/\n\r\t\u0001\u007fé\uD83D\uDE00"))
                .isEqualTo("\"\\\"\\\\/\\n\\r\\t\\u0001\\u007f\\u00e9\\ud83d\\ude00\"");
    }
}
