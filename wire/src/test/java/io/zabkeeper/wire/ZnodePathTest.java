package io.zabkeeper.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ZnodePathTest {
    @Test
    void accepts_paths() {
        String[] paths = {
            "/", "/a", "/a/b", "/a.", "/..a", "/.a.", "/...", "/a b", "/\u00a0", "/\ud7ff", "/\uf900", "/\uffef"
        };
        for (String path : paths) {
            assertThat(ZnodePath.problem(path)).as(path).isNull();
        }
    }

    @Test
    void refuses_everything_else_with_a_reason() {
        String[] paths = {
            "",
            "a",
            "a/b",
            "//",
            "/a/",
            "/a//b",
            "//a",
            "/.",
            "/..",
            "/a/.",
            "/a/../b",
            "/./a",
            "/\u0000",
            "/\u001f",
            "/\u007f",
            "/\u009f",
            "/\ud800",
            "/\uf8ff",
            "/\ufff0",
            "/\uffff",
            "/\ud83d\ude00"
        };
        for (String path : paths) {
            assertThat(ZnodePath.problem(path)).as(path).isNotNull();
        }
    }

    @Test
    void takes_paths_apart() {
        assertThat(ZnodePath.parent("/a/b")).isEqualTo("/a");
        assertThat(ZnodePath.parent("/a")).isEqualTo("/");
        assertThat(ZnodePath.parent("/")).isEqualTo("/");
        assertThat(ZnodePath.name("/a/b")).isEqualTo("b");
        assertThat(ZnodePath.name("/")).isEmpty();
        assertThat(ZnodePath.child("/", "a")).isEqualTo("/a");
        assertThat(ZnodePath.child("/a", "b")).isEqualTo("/a/b");
    }
}
