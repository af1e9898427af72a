package io.zabkeeper.cli.treefile;

import io.zabkeeper.cli.output.AclText;
import io.zabkeeper.cli.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a {@link TreeFile}: the same subtree always gives the same text. */
public final class TreeFileWriter {
    static final int VERSION = 1;

    private TreeFileWriter() {}

    public static String text(TreeFile file, TreeFormat format) {
        List<Map<String, @Nullable Object>> znodes =
                file.entries().stream().map(TreeFileWriter::object).toList();
        return format == TreeFormat.JSON ? json(file.root(), znodes) : YamlText.of(head(file.root()), znodes);
    }

    private static Map<String, @Nullable Object> head(@Nullable String root) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("version", VERSION);
        if (root != null) {
            head.put("root", root);
        }
        return head;
    }

    private static Map<String, @Nullable Object> object(TreeFile.Entry entry) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("path", entry.path());
        if (entry.data() != null) {
            DataText data = DataText.of(entry.data());
            object.put("data", data.text());
            if (data.isBase64()) {
                object.put("encoding", "base64");
            }
        }
        if (entry.acl() != null) {
            object.put("acl", entry.acl().stream().map(AclText::of).toList());
        }
        return object;
    }

    private static String json(@Nullable String root, List<Map<String, @Nullable Object>> znodes) {
        String head = Json.of(head(root));
        StringBuilder text = new StringBuilder(head.substring(0, head.length() - 1)).append(",\"znodes\":[");
        String separator = "\n";
        for (Map<String, @Nullable Object> znode : znodes) {
            text.append(separator).append(Json.of(znode));
            separator = ",\n";
        }
        return text.append("\n]}\n").toString();
    }
}
