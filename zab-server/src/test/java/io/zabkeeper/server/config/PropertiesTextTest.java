package io.zabkeeper.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
    private static final String TEXT = """
            # a comment with = in it \\
            ! another

              indented = value with spaces \s
            colon: 1
            space 2
            tab\t3
            empty
            empty2=
            long=one,\\
                 two,\\
                 three
            even=backslash\\\\
            escaped\\=key=a\\tb\\u0041\\q
            path=C:\\\\data
            equals==x
            last=no end""";

    @Test
    void reads_what_java_reads() throws Exception {
        Properties java = new Properties();
        java.load(new StringReader(TEXT));
        TreeMap<String, String> expected = new TreeMap<>();
        java.forEach((key, value) -> expected.put((String) key, ((String) value).strip()));

        TreeMap<String, String> read = new TreeMap<>();
        PropertiesText.parse("f", TEXT).forEach(setting -> read.put(setting.key(), setting.value()));

        assertThat(read).isEqualTo(expected).hasSize(12);
    }

    @Test
    void a_key_has_the_line_where_it_begins() throws Exception {
        assertThat(PropertiesText.parse("f", "#c\r\n\r\na=1,\\\r\n2\r\nb=3"))
                .containsExactly(new Setting("f", 3, "a", "1,2"), new Setting("f", 5, "b", "3"));
    }

    @Test
    void a_key_written_twice_is_kept_twice() throws Exception {
        assertThat(PropertiesText.parse("f", "a=1\na=2\n"))
                .containsExactly(new Setting("f", 1, "a", "1"), new Setting("f", 2, "a", "2"));
    }

    @Test
    void a_value_without_a_key_is_refused() {
        assertThatThrownBy(() -> PropertiesText.parse("f", "a=1\n =2"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("f:2: =2: expected a key before the sign");
    }

    @Test
    void an_unfinished_escape_is_refused() {
        assertThatThrownBy(() -> PropertiesText.parse("f", "a=\\u12"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("f:1: ")
                .hasMessageContaining("four hexadecimal digits");
    }
}
