package io.zabkeeper.cli.treefile;

import io.zabkeeper.wire.ZnodePath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads what {@link TreeFileWriter} writes, and what people make of it. */
public final class TreeFileReader {
    private static final Set<String> KEYS = Set.of("version", "root", "znodes");

    private final Document document;

    private TreeFileReader(Document document) {
        this.document = document;
    }

    /**
     * Reads YAML or JSON.
     *
     * @param name of the file, for messages; the end {@code .json} promises JSON
     * @throws TreeFileException if it is neither, or not about a subtree
     */
    public static TreeFile read(String name, byte[] content) throws TreeFileException {
        return new TreeFileReader(new Document(name)).file(node(name, content));
    }

    private static Node node(String name, byte[] content) throws TreeFileException {
        String text = text(name, content);
        if (TreeFormat.of(name) == TreeFormat.JSON) {
            // Outside of JSON's strings a tab is a blank, inside there is none; YAML is stricter.
            text = text.replace('\t', ' ');
        }
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        try {
            return new Composer(settings, new ShallowParser(new ParserImpl(settings, new StreamReader(settings, text))))
                    .getSingleNode()
                    .orElseThrow(() -> new TreeFileException(name, 0, "it is empty"));
        } catch (MarkedYamlEngineException e) {
            throw new TreeFileException(name, Document.line(e.getProblemMark()), e.getProblem());
        } catch (ReaderException e) {
            int line = (int) text.codePoints()
                    .limit(e.getPosition())
                    .filter(c -> c == '\n')
                    .count();
            throw new TreeFileException(
                    name, line + 1, String.format("there is a character U+%04X, which no text has", e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new TreeFileException(name, 0, String.valueOf(e.getMessage()));
        }
    }

    private static String text(String name, byte[] content) throws TreeFileException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TreeFileException(name, 0, "it is not UTF-8");
        }
    }

    private TreeFile file(Node node) throws TreeFileException {
        Map<String, Node> fields = document.fields(node, KEYS);
        String version = document.optionalText(fields, "version");
        if (version != null && !version.equals(Integer.toString(TreeFileWriter.VERSION))) {
            throw document.problem(fields, "version", "version " + version + " is unknown, this reads version 1");
        }
        String root = document.optionalText(fields, "root");
        if (root != null && ZnodePath.problem(root) != null) {
            throw document.problem(fields, "root", "'" + root + "': " + ZnodePath.problem(root));
        }
        Node znodes = fields.get("znodes");
        if (znodes == null) {
            throw document.problem(node, "there is no 'znodes'");
        }
        return new TreeFile(root, entries(znodes));
    }

    private List<TreeFile.Entry> entries(Node znodes) throws TreeFileException {
        EntryReader reader = new EntryReader(document);
        List<Node> items = document.items(znodes);
        List<TreeFile.Entry> entries = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (Node item : items) {
            TreeFile.Entry entry = reader.entry(item);
            if (!paths.add(entry.path())) {
                throw document.problem(item, "'" + entry.path() + "' is there twice");
            }
            entries.add(entry);
        }
        requireParents(items, entries, paths, znodes);
        return entries;
    }

    private void requireParents(List<Node> items, List<TreeFile.Entry> entries, Set<String> paths, Node znodes)
            throws TreeFileException {
        if (!paths.contains(ZnodePath.ROOT)) {
            throw document.problem(znodes, "no znode has the path '/', which is the subtree's own root");
        }
        for (int i = 0; i < entries.size(); i++) {
            String parent = ZnodePath.parent(entries.get(i).path());
            if (!paths.contains(parent)) {
                throw document.problem(
                        items.get(i), "the parent of '" + entries.get(i).path() + "' is not in the file");
            }
        }
    }
}
