package io.zabkeeper.cli.treefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML that a person likes to read and that no reader takes for a number or a boolean: texts are quoted, or in blocks. */
final class YamlText {
    private static final DumpSettings SETTINGS =
            DumpSettings.builder().setSplitLines(false).build();

    private YamlText() {}

    static String of(Map<String, @Nullable Object> head, List<Map<String, @Nullable Object>> znodes) {
        MappingNode document = mapping(head);
        List<Node> items = new ArrayList<>();
        znodes.forEach(znode -> items.add(mapping(znode)));
        document.getValue().add(new NodeTuple(key("znodes"), new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK)));
        Text text = new Text();
        new Dump(SETTINGS).dumpNode(document, text);
        return text.toString();
    }

    private static MappingNode mapping(Map<String, @Nullable Object> object) {
        List<NodeTuple> fields = new ArrayList<>();
        object.forEach((name, value) -> fields.add(new NodeTuple(key(name), node(value))));
        return new MappingNode(Tag.MAP, fields, FlowStyle.BLOCK);
    }

    private static Node key(String name) {
        return new ScalarNode(Tag.STR, name, ScalarStyle.PLAIN);
    }

    private static Node node(@Nullable Object value) {
        if (value instanceof Integer number) {
            return new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof List<?> list) {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item)));
            return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
        }
        String text = String.valueOf(value);
        return new ScalarNode(Tag.STR, text, text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
    }

    private static final class Text implements StreamDataWriter {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(String part) {
            text.append(part);
        }

        @Override
        public void write(String part, int offset, int length) {
            text.append(part, offset, offset + length);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
