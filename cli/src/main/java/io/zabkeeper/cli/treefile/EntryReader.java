package io.zabkeeper.cli.treefile;

import io.zabkeeper.cli.output.AclText;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one znode of a file. */
record EntryReader(Document document) {
    private static final Set<String> KEYS = Set.of("path", "data", "encoding", "acl");

    TreeFile.Entry entry(Node node) throws TreeFileException {
        Map<String, Node> fields = document.fields(node, KEYS);
        String path = document.optionalText(fields, "path");
        if (path == null) {
            throw document.problem(node, "a znode without 'path'");
        }
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw document.problem(node, "'" + path + "': " + problem);
        }
        return new TreeFile.Entry(path, data(node, fields), acl(fields));
    }

    private @Nullable Bytes data(Node node, Map<String, Node> fields) throws TreeFileException {
        String text = document.optionalText(fields, "data");
        String encoding = document.optionalText(fields, "encoding");
        if (encoding != null && !encoding.equals("utf8") && !encoding.equals("base64")) {
            throw document.problem(node, "the encoding '" + encoding + "' is unknown, known are utf8 and base64");
        }
        if (text == null) {
            return null;
        }
        try {
            return new DataText(text, "base64".equals(encoding)).data();
        } catch (IllegalArgumentException e) {
            throw document.problem(node, "the data is no base64: " + e.getMessage());
        }
    }

    private @Nullable List<Acl> acl(Map<String, Node> fields) throws TreeFileException {
        Node list = fields.get("acl");
        if (list == null) {
            return null;
        }
        List<Acl> acl = new ArrayList<>();
        for (Node item : document.items(list)) {
            try {
                acl.add(AclText.parse(document.text(item)));
            } catch (IllegalArgumentException e) {
                throw document.problem(item, String.valueOf(e.getMessage()));
            }
        }
        if (acl.isEmpty()) {
            throw document.problem(list, "an ACL without an entry lets nobody in; leave 'acl' out for an open znode");
        }
        return List.copyOf(acl);
    }
}
