package io.zabkeeper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ShellWordsTest {
    @Test
    void splits_at_blanks() {
        assertThat(ShellWords.of("  set  /a\thello ")).containsExactly("set", "/a", "hello");
        assertThat(ShellWords.of(" ")).isEmpty();
    }

    @Test
    void keeps_what_quotes_enclose() {
        assertThat(ShellWords.of("set /a 'b \"c\" \\d'")).containsExactly("set", "/a", "b \"c\" \\d");
        assertThat(ShellWords.of("set /a \"b 'c' \\\" \\\\ \\n\"")).containsExactly("set", "/a", "b 'c' \" \\ \\n");
        assertThat(ShellWords.of("set /a\\ b pre'mid'post")).containsExactly("set", "/a b", "premidpost");
    }

    @Test
    void keeps_an_empty_word_in_quotes() {
        assertThat(ShellWords.of("set /a ''")).containsExactly("set", "/a", "");
        assertThat(ShellWords.of("set /a \"\"")).containsExactly("set", "/a", "");
    }

    @Test
    void refuses_a_quote_that_is_not_closed() {
        assertThatThrownBy(() -> ShellWords.of("set /a 'b")).hasMessage("a ' is not closed");
        assertThatThrownBy(() -> ShellWords.of("set /a \"b\\\"")).hasMessage("a \" is not closed");
    }
}
