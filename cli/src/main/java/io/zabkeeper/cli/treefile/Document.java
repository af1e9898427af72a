package io.zabkeeper.cli.treefile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Takes YAML apart; what is not as it should be is told with file and line. */
record Document(String name) {
    /** The fields of an object, of which no others are allowed. */
    Map<String, Node> fields(Node node, Set<String> known) throws TreeFileException {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(node, "here belongs an object with " + listed(known));
        }
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple field : mapping.getValue()) {
            String key = text(field.getKeyNode());
            if (!known.contains(key)) {
                throw problem(field.getKeyNode(), "'" + key + "' is unknown here, known are " + listed(known));
            }
            if (fields.put(key, field.getValueNode()) != null) {
                throw problem(field.getKeyNode(), "'" + key + "' is there twice");
            }
        }
        return fields;
    }

    List<Node> items(Node node) throws TreeFileException {
        if (!(node instanceof SequenceNode list)) {
            throw problem(node, "here belongs a list");
        }
        return list.getValue();
    }

    /** A text, as which numbers and booleans count too. */
    String text(Node node) throws TreeFileException {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem(node, "here belongs a text");
        }
        return scalar.getValue();
    }

    /** The text of a field; null if there is none, or null is what it says. */
    @Nullable
    String optionalText(Map<String, Node> fields, String key) throws TreeFileException {
        Node node = fields.get(key);
        return node == null || node.getTag().equals(Tag.NULL) ? null : text(node);
    }

    /** About a field that is there. */
    TreeFileException problem(Map<String, Node> fields, String key, String cause) {
        return problem(Objects.requireNonNull(fields.get(key)), cause);
    }

    TreeFileException problem(Node node, String cause) {
        return new TreeFileException(name, line(node.getStartMark()), cause);
    }

    /** Counted from 1; 0 for none. */
    static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(-1) + 1;
    }

    private static String listed(Set<String> keys) {
        return String.join(", ", new TreeSet<>(keys));
    }
}
