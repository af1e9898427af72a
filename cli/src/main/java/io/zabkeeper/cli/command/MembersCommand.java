package io.zabkeeper.cli.command;

import io.zabkeeper.cli.ensemble.Asking;
import io.zabkeeper.cli.ensemble.HostPort;
import io.zabkeeper.cli.ensemble.MemberList;
import io.zabkeeper.cli.ensemble.MemberList.Member;
import io.zabkeeper.cli.ensemble.ServerStatus;
import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import io.zabkeeper.cli.output.ZnodeData;
import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ErrorCode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zab members}: whom the ensemble counts among its members, and what each says of itself. */
@Command(
        name = "members",
        description = {
            "Print the members that the ensemble lists, those included that the connect string leaves out.",
            "Each is asked for its role at the address for clients that the list has."
        })
final class MembersCommand extends SessionCommand {
    private static final String UNKNOWN = "-";

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    String path() {
        return MemberList.PATH;
    }

    @Override
    void run(Session session) throws InterruptedException {
        MemberList list = list(session);
        List<Asked> members = ask(list.members());
        if (output.format() == Format.JSON) {
            screen().result(Json.of(object(list.version(), members)));
        } else if (list.members().isEmpty()) {
            screen().note("The server is standalone and lists no members; 'zab status' asks it for its role.");
        } else {
            table(members).lines(screen()::onOut).forEach(screen()::result);
            if (members.stream().allMatch(asked -> asked.member().client().isEmpty())) {
                screen().note("The list has no addresses for clients; 'zab status' asks the servers that you name.");
            }
        }
    }

    private MemberList list(Session session) throws InterruptedException {
        try {
            Bytes data = session.get(path()).data();
            return MemberList.parse(data == null ? "" : data.utf8());
        } catch (Refusal refusal) {
            if (refusal.error() == ErrorCode.NONODE) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        refusal.getMessage() + ": is there a chroot behind the servers, or are they older than 3.5?");
            }
            throw refusal;
        }
    }

    /** Asks those of which the list says where. */
    private List<Asked> ask(List<Member> members) throws InterruptedException {
        List<HostPort> addresses =
                members.stream().flatMap(member -> member.client().stream()).toList();
        Asking asking = zab().asking();
        Iterator<Optional<ServerStatus>> statuses =
                ServerStatus.ofEach(addresses, asking).iterator();
        asking.trouble().ifPresent(screen()::note);
        return members.stream()
                .map(member -> new Asked(member, member.client().isPresent() ? statuses.next() : Optional.empty()))
                .toList();
    }

    private static Table table(List<Asked> members) {
        Table table = new Table("ID", "ROLE", "KIND", "PEERS", "CLIENTS");
        for (Asked asked : members) {
            table.row(
                    asked.style(),
                    asked.member().id(),
                    asked.role(),
                    asked.member().kind(),
                    ZnodeData.onOneLine(asked.member().peers()),
                    asked.member().client().map(HostPort::toString).orElse(UNKNOWN));
        }
        return table;
    }

    private static Map<String, @Nullable Object> object(String version, List<Asked> members) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("version", version.isEmpty() ? null : "0x" + version);
        object.put("members", members.stream().map(Asked::object).toList());
        return object;
    }

    /** A member and what it says of itself, if it can be asked. */
    private record Asked(Member member, Optional<ServerStatus> status) {
        String role() {
            return status.map(ServerStatus::role).orElse(member.client().isPresent() ? "no answer" : UNKNOWN);
        }

        Style style() {
            if (status.isPresent()) {
                return status.get().isLeading() ? Style.GOOD : Style.PLAIN;
            }
            return member.client().isPresent() ? Style.BAD : Style.PLAIN;
        }

        Map<String, @Nullable Object> object() {
            Map<String, @Nullable Object> object = Json.object();
            object.put("id", member.id());
            object.put("role", status.map(ServerStatus::role).orElse(null));
            object.put("kind", member.kind());
            object.put("peers", member.peers());
            object.put("clients", member.client().map(HostPort::toString).orElse(null));
            return object;
        }
    }
}
