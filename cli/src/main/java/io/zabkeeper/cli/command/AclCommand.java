package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.AclText;
import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Permission;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab acl}: prints who may do what with a znode, or sets it. */
@Command(
        name = "acl",
        aliases = {"getAcl", "setAcl"},
        description = {
            "Print who may do what with a znode, or set it.",
            "An entry is SCHEME:ID:PERMISSIONS, for example world:anyone:r or digest:alice:HASH:cdrwa."
        })
final class AclCommand extends SessionCommand {
    private static final int ANY_VERSION = -1;

    @Option(
            names = {"-v", "--if-version"},
            paramLabel = "VERSION",
            defaultValue = "-1",
            description = "Set it only if this is the list's version (aversion) now.")
    private int version = ANY_VERSION;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(index = "0", paramLabel = "PATH", description = "The znode.")
    private String path = "";

    @Parameters(index = "1..*", paramLabel = "ENTRY", description = "What to set; without one, the list is printed.")
    private List<String> entries = List.of();

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        if (entries.isEmpty()) {
            print(session.acl(path));
        } else {
            session.setAcl(path, entries.stream().map(AclCommand::entry).toList(), version);
        }
    }

    private void print(List<Acl> acl) {
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", path);
            object.put("acl", acl.stream().map(AclCommand::object).toList());
            screen().result(Json.of(object));
        } else {
            acl.forEach(entry -> screen().result(ZnodeData.onOneLine(AclText.of(entry))));
        }
    }

    private static Map<String, @Nullable Object> object(Acl entry) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("scheme", entry.id().scheme());
        object.put("id", entry.id().id());
        object.put("permissions", Permission.letters(entry.permissions()));
        return object;
    }

    private static Acl entry(String text) {
        try {
            return AclText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
