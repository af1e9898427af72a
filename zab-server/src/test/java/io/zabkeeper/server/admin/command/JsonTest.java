package io.zabkeeper.server.admin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final Map<String, @Nullable Object> object = new LinkedHashMap<>();

    @Test
    void is_laid_out_as_the_reference_does() {
        object.put("number", 7);
        object.put("long", Long.MIN_VALUE);
        object.put("average", 2.375);
        object.put("list", Arrays.asList("a", null, true));
        object.put("objects", List.of(Map.of("x", 1), Map.of("y", 2)));
        object.put("none", List.of());
        object.put("empty", Map.of());
        object.put("error", null);

        assertThat(Json.of(object)).isEqualTo("""
                        {
                          "number" : 7,
                          "long" : -9223372036854775808,
                          "average" : 2.375,
                          "list" : [ "a", null, true ],
                          "objects" : [ {
                            "x" : 1
                          }, {
                            "y" : 2
                          } ],
                          "none" : [ ],
                          "empty" : { },
                          "error" : null
                        }""");
    }

    @Test
    void an_empty_object_is_one() {
        assertThat(Json.of(object)).isEqualTo("{ }");
    }

    @Test
    void a_text_is_escaped() {
        object.put("k\"ey", "quote \" back \\ tab \t line \n return \r bell \u0007 umlaut \u00e4 lone \ud800 end");

        assertThat(Json.of(object))
                .isEqualTo("{\n  \"k\\\"ey\" : \"quote \\\" back \\\\ tab \\t line \\n return \\r bell \\u0007 umlaut "
                        + "\u00e4 lone \\uD800 end\"\n}");
    }

    @Test
    void what_is_no_number_in_json_is_a_text() {
        object.put("x", Double.NaN);

        assertThat(Json.of(object)).contains("\"x\" : \"NaN\"");
    }

    @Test
    void keys_may_be_anything_that_has_a_name() {
        object.put("sessions", Map.of(72057650422611968L, List.of("/a")));

        assertThat(Json.of(object)).contains("\"72057650422611968\" : [ \"/a\" ]");
    }

    @Test
    void anything_else_is_a_mistake() {
        object.put("x", new Object());

        assertThatThrownBy(() -> Json.of(object)).isInstanceOf(IllegalArgumentException.class);
    }
}
