package io.zabkeeper.bench.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** All Java files of the tree, parsed by the compiler's own parser and reduced to what the rules ask about. */
final class JavaSources {
    /** Something in a file that a rule is interested in. */
    record Found(String path, long line, String text) {
        @Override
        public String toString() {
            return path + ":" + line + ": " + text;
        }
    }

    /** A measured thing for the ledger. */
    record Measured(String name, long amount) {}

    final List<Found> suppressions = new ArrayList<>();
    final List<Found> disabledTests = new ArrayList<>();
    final List<Found> catches = new ArrayList<>();
    final List<Found> sleeps = new ArrayList<>();
    final List<Found> imports = new ArrayList<>();
    final List<Found> oddNames = new ArrayList<>();
    final List<Measured> methods = new ArrayList<>();
    final List<Measured> mutableFields = new ArrayList<>();
    final List<Measured> collaborators = new ArrayList<>();
    final Map<String, Long> publicTypes = new LinkedHashMap<>();

    private JavaSources() {}

    static JavaSources parse(SourceTree tree) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaSources sources = new JavaSources();
        List<String> paths = tree.paths(".java");
        List<File> files = paths.stream().map(path -> tree.file(path).toFile()).toList();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromFiles(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            Path root = tree.file("");
            for (CompilationUnitTree unit : task.parse()) {
                String path = root.relativize(Path.of(unit.getSourceFile().toUri()))
                        .toString()
                        .replace('\\', '/');
                sources.new Reader(path, unit, positions).scan(unit, null);
            }
        }
        return sources;
    }

    static boolean isTest(String path) {
        return path.contains("/src/test/");
    }

    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final String path;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String packageName;

        Reader(String path, CompilationUnitTree unit, SourcePositions positions) {
            this.path = path;
            this.unit = unit;
            this.positions = positions;
            this.packageName = String.valueOf(unit.getPackageName());
            long others = unit.getImports().stream()
                    .map(each -> each.getQualifiedIdentifier().toString())
                    .filter(each -> each.startsWith("io.zabkeeper."))
                    .count();
            if (!isTest(path)) {
                collaborators.add(new Measured(path, others));
            }
        }

        private Found found(Tree tree, String text) {
            return new Found(path, line(positions.getStartPosition(unit, tree)), text);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        @Override
        public @Nullable Void visitImport(ImportTree node, @Nullable Void unused) {
            imports.add(found(node, node.getQualifiedIdentifier().toString()));
            return super.visitImport(node, null);
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree node, @Nullable Void unused) {
            String type = node.getAnnotationType().toString();
            if (type.endsWith("SuppressWarnings")) {
                suppressions.add(found(node, node.toString()));
            }
            if (type.endsWith("Disabled") && node.getArguments().isEmpty()) {
                disabledTests.add(found(node, node.toString()));
            }
            return super.visitAnnotation(node, null);
        }

        @Override
        public @Nullable Void visitCatch(CatchTree node, @Nullable Void unused) {
            catches.add(found(node, node.getParameter().getType().toString()));
            return super.visitCatch(node, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void unused) {
            String method = node.getMethodSelect().toString();
            if (method.equals("Thread.sleep") || method.matches("(TimeUnit\\.)?[A-Z]+\\.sleep")) {
                sleeps.add(found(node, method));
            }
            return super.visitMethodInvocation(node, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
            checkName(node, node.getSimpleName());
            if (!isTest(path)) {
                long fields = node.getMembers().stream()
                        .filter(member -> member instanceof VariableTree field
                                && node.getKind() == Tree.Kind.CLASS
                                && !field.getModifiers().getFlags().contains(Modifier.FINAL))
                        .count();
                if (!node.getSimpleName().isEmpty()) {
                    mutableFields.add(new Measured(packageName + "." + node.getSimpleName(), fields));
                }
                boolean isOutermost = getCurrentPath().getParentPath().getLeaf() == unit;
                if (isOutermost && node.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                    publicTypes.merge(packageName, 1L, Long::sum);
                }
            }
            return super.visitClass(node, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
            checkName(node, node.getName());
            if (!isTest(path) && node.getBody() != null) {
                long first = line(positions.getStartPosition(unit, node));
                long last = line(positions.getEndPosition(unit, node));
                String file = Path.of(path).getFileName().toString().replace(".java", "");
                String name = node.getName().contentEquals("<init>")
                        ? "new"
                        : node.getName().toString();
                methods.add(new Measured(packageName + "." + file + "." + name, last - first + 1));
            }
            return super.visitMethod(node, null);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
            checkName(node, node.getName());
            return super.visitVariable(node, null);
        }

        private void checkName(Tree tree, @Nullable Name name) {
            if (name != null && !name.chars().allMatch(c -> c < 128)) {
                oddNames.add(found(tree, name.toString()));
            }
        }
    }
}
