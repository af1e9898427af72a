package io.zabkeeper.cli.treefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TreeFileTest {
    /** What YAML, or a writer of it, has its own ideas about. */
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "123",
            "true",
            "null",
            "~",
            "yes",
            "2026-01-01",
            " blank ",
            "a: b",
            "- a",
            "#",
            "'\"\\",
            "%",
            "@x",
            "a\nb",
            "a\nb\n",
            "\na",
            "a\n\n\n",
            "  a\nb",
            "a \nb",
            "\ta\n",
            "a\r\nb\r\n",
            "\r",
            "\n",
            "---\n",
            "...\n",
            "tr\u00fcb \ud83d\ude00",
            "\u2028",
            "\u0085",
            "\ufeffa",
            "\uffff",
            "\u0000",
            "a\u001b[31m",
            "x".repeat(5_000),
            "x y ".repeat(2_000));

    @ParameterizedTest
    @EnumSource
    void brings_every_text_back(TreeFormat format) throws TreeFileException {
        List<TreeFile.Entry> entries = new ArrayList<>();
        entries.add(new TreeFile.Entry("/", null, Acl.OPEN_UNSAFE));
        for (int i = 0; i < TEXTS.size(); i++) {
            entries.add(new TreeFile.Entry("/" + i, Bytes.ofUtf8(TEXTS.get(i)), null));
        }
        assertComesBack(new TreeFile("/a", entries), format);
    }

    @ParameterizedTest
    @EnumSource
    void brings_every_byte_back(TreeFormat format) throws TreeFileException {
        Random random = new Random(7);
        List<TreeFile.Entry> entries = new ArrayList<>();
        entries.add(new TreeFile.Entry("/", Bytes.EMPTY, Acl.READ_UNSAFE));
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            entries.add(new TreeFile.Entry("/bytes-" + i, Bytes.of(bytes), null));
            String text = random.ints(random.nextInt(20), 0, 0x250)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            entries.add(new TreeFile.Entry("/text-" + i, Bytes.ofUtf8(text), null));
        }
        assertComesBack(new TreeFile(null, entries), format);
    }

    @Test
    void shows_text_as_text_and_other_data_as_base64() {
        assertThat(DataText.of(Bytes.ofUtf8("tr\u00fcb\n\t\r"))).isEqualTo(new DataText("tr\u00fcb\n\t\r", false));
        assertThat(DataText.of(Bytes.ofUtf8("\u001b[2J")).isBase64()).isTrue();
        assertThat(DataText.of(Bytes.ofUtf8("\u202eevil")).isBase64()).isTrue();
        assertThat(DataText.of(Bytes.of(new byte[] {(byte) 0xc3}))).isEqualTo(new DataText("ww==", true));
    }

    @Test
    void sorts_as_a_walk_goes() {
        List<TreeFile.Entry> entries = new ArrayList<>();
        for (String path : List.of("/b", "/a/x", "/a-b", "/", "/a")) {
            entries.add(new TreeFile.Entry(path, null, null));
        }

        assertThat(new TreeFile(null, entries).entries())
                .extracting(TreeFile.Entry::path)
                .containsExactly("/", "/a", "/a/x", "/a-b", "/b");
    }

    @Test
    void reads_json_that_is_indented_with_tabs() throws TreeFileException {
        String json = "{\n\t\"znodes\": [\n\t\t{\n\t\t\t\"path\":\t\"\\/\",\n\t\t\t\"data\": \"a\\tb\"}\n\t]\n}";

        assertThat(read("tree.json", json).entries())
                .containsExactly(new TreeFile.Entry("/", Bytes.ofUtf8("a\tb"), null));
    }

    @Test
    void reads_what_people_write() throws TreeFileException {
        TreeFile file = read("f", """
                # By hand.
                root: /app
                znodes:
                  - {path: /port, data: 8080}
                  - path: /
                  - path: /blob
                    encoding: base64
                    data: |
                      AAEC
                      AwQF
                """);

        assertThat(file)
                .isEqualTo(new TreeFile(
                        "/app",
                        List.of(
                                new TreeFile.Entry("/", null, null),
                                new TreeFile.Entry("/blob", Bytes.of(new byte[] {0, 1, 2, 3, 4, 5}), null),
                                new TreeFile.Entry("/port", Bytes.ofUtf8("8080"), null))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                             | f: it is empty
                    znodes: [                                      | f:1: expected the node content
                    'a: 1^ b: 2'                                   | f:2: mapping values are not allowed here
                    '[1]'                                          | f:1: here belongs an object with root, version, znodes
                    'znode: []'                                    | f:1: 'znode' is unknown here, known are root, version
                    'root: /'                                      | f:1: there is no 'znodes'
                    'version: 2^znodes: [{path: /}]'               | f:1: version 2 is unknown, this reads version 1
                    'root: x^znodes: [{path: /}]'                  | f:1: 'x': a path must start with '/'
                    'znodes: 7'                                    | f:1: here belongs a list
                    'znodes: []'                                   | f:1: no znode has the path '/'
                    'znodes:^- path: /^- data: x'                  | f:3: a znode without 'path'
                    'znodes:^- path: /^- path: /a//b'              | f:3: '/a//b': a path must not contain an empty segment
                    'znodes:^- path: /^- path: /'                  | f:3: '/' is there twice
                    'znodes:^- path: /^  path: /'                  | f:3: 'path' is there twice
                    'znodes:^- path: /^  datta: x'                 | f:3: 'datta' is unknown here, known are acl, data
                    'znodes:^- path: /^  data: [x]'                | f:3: here belongs a text
                    'znodes:^- {path: /, encoding: x}'             | f:2: the encoding 'x' is unknown, known are utf8 and base64
                    'znodes:^- {path: /, encoding: base64, data: ?}' | f:2: the data is no base64
                    'znodes:^- path: /^  acl: [world:anyone]'      | f:3: 'world:anyone' is no entry: SCHEME:ID:PERMISSIONS
                    'znodes:^- path: /^  acl: []'                  | f:3: an ACL without an entry lets nobody in
                    'a: 1^---^b: 1'                                | f:2: but found another document
                    """)
    void says_where_a_file_is_wrong_and_why(String content, String message) {
        assertThatThrownBy(() -> read("f", content.replace('^', '\n')))
                .isInstanceOf(TreeFileException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refuses_what_is_no_text_or_no_file_of_ours() {
        assertThatThrownBy(() -> TreeFileReader.read("f", new byte[] {'a', (byte) 0xff}))
                .hasMessage("f: it is not UTF-8");
        assertThatThrownBy(() -> read("f", "a: 1\nb: \u0001\n"))
                .hasMessage("f:2: there is a character U+0001, which no text has");
        assertThatThrownBy(() -> read("f", "[".repeat(100_000))).hasMessage("f:1: nested too deeply");
    }

    private static TreeFile read(String name, String content) throws TreeFileException {
        return TreeFileReader.read(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertComesBack(TreeFile file, TreeFormat format) throws TreeFileException {
        String text = TreeFileWriter.text(file, format);
        assertThat(read("f." + format, text)).isEqualTo(file);
        assertThat(TreeFileWriter.text(read("f." + format, text), format)).isEqualTo(text);
    }
}
