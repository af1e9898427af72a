package io.zabkeeper.server.config;

import io.zabkeeper.consensus.quorum.NodeId;
import io.zabkeeper.server.config.ServerConfig.Ensemble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Who the members are and which of them this one is: {@code server.N}, {@code peerType} and the file {@code myid}. */
final class EnsembleKeys {
    /** Names a second file, which has the members. */
    static final String DYNAMIC = "dynamicConfigFile";

    private static final int HIGHEST_ID = 255;

    /** A time to live takes the highest byte of an ephemeral owner that would otherwise be a member's id. */
    private static final int HIGHEST_ID_WITH_EXTENDED_TYPES = 254;

    private final Settings settings;
    private final int highestId;
    private final List<String> warnings;

    EnsembleKeys(Settings settings, boolean extendedTypes, List<String> warnings) {
        this.settings = settings;
        this.highestId = extendedTypes ? HIGHEST_ID_WITH_EXTENDED_TYPES : HIGHEST_ID;
        this.warnings = warnings;
    }

    /** Whether ZooKeeper has it in the file for the members, when there is one. */
    static boolean isMembership(Setting setting) {
        String key = setting.key();
        return key.startsWith(ServerLine.PREFIX) || key.startsWith("group.") || key.startsWith("weight.");
    }

    Ensemble read(Path dataDir) throws ConfigException {
        settings.find(DYNAMIC); // Its lines are among the settings already.
        Setting broadcast = settings.find("zab.broadcast");
        if (broadcast != null && !broadcast.value().equals("zab")) {
            throw broadcast.refused("expected zab, the one protocol there is");
        }
        List<Member> members = members();
        NodeId self = self(dataDir, members);
        Ensemble ensemble = new Ensemble(self, members, "zab");
        checkRole(ensemble);
        return ensemble;
    }

    private List<Member> members() throws ConfigException {
        List<Member> members = new ArrayList<>();
        Map<NodeId, Setting> lines = new TreeMap<>();
        Map<String, String> takenBy = new TreeMap<>();
        for (Setting line : settings.withPrefix(ServerLine.PREFIX)) {
            Member member = ServerLine.parse(line, highestId);
            Setting first = lines.putIfAbsent(member.id(), line);
            if (first != null) {
                throw line.refused(
                        "line " + first.line() + " already is server " + member.id() + "; an id may be given once");
            }
            claimPorts(line, member, takenBy);
            members.add(member);
        }
        if (!members.isEmpty() && members.stream().allMatch(Member::isObserver)) {
            throw settings.missing("server.N", "all " + members.size() + " are observers; at least one must vote");
        }
        members.sort(Comparator.comparing(Member::id));
        return members;
    }

    private static void claimPorts(Setting line, Member member, Map<String, String> takenBy) throws ConfigException {
        List<Endpoint> ports = new ArrayList<>();
        ports.add(member.peer());
        ports.add(new Endpoint(member.peer().host(), member.electionPort()));
        if (member.client() != null) {
            ports.add(member.client());
        }
        if (member.secureClient() != null) {
            ports.add(member.secureClient());
        }
        for (Endpoint port : ports) {
            String place = port.reachedAt(member.peer().host()).toString();
            String other = takenBy.putIfAbsent(place, line.key() + " in " + line.place());
            if (other != null) {
                throw line.refused(place + " is already used by " + other);
            }
        }
    }

    /** {@code myid} tells which of several this member is; a single one is found without it. */
    private NodeId self(Path dataDir, List<Member> members) throws ConfigException {
        Path file = dataDir.resolve("myid");
        if (!Files.exists(file)) {
            if (members.size() > 1) {
                throw new ConfigException(
                        file.toString(),
                        0,
                        "",
                        null,
                        "there is no such file; expected one with the number of this server, one of " + ids(members));
            }
            return members.isEmpty() ? new NodeId(1) : members.get(0).id();
        }
        String text = ConfigFile.text(file).strip();
        NodeId self =
                new NodeId((int) new Setting(file.toString(), 1, "myid", text.replace('\n', ' ')).number(1, highestId));
        if (!members.isEmpty()
                && members.stream().noneMatch(member -> member.id().equals(self))) {
            throw new ConfigException(
                    file.toString(), 1, "myid", text, "there is no server." + self + "; there are " + ids(members));
        }
        return self;
    }

    private static String ids(List<Member> members) {
        return String.join(
                ", ", members.stream().map(member -> "server." + member.id()).toList());
    }

    /** ZooKeeper believes the list and not {@code peerType}; so do we, aloud. */
    private void checkRole(Ensemble ensemble) throws ConfigException {
        Setting peerType = settings.find("peerType");
        if (peerType == null) {
            return;
        }
        String role = peerType.value().toLowerCase(Locale.ROOT);
        if (!role.equals("observer") && !role.equals("participant")) {
            throw peerType.refused("expected participant or observer");
        }
        if (role.equals("observer") != ensemble.isObserver()) {
            warnings.add(peerType.origin() + ":" + peerType.line() + ": peerType is " + role + ", but server."
                    + ensemble.self() + (ensemble.isObserver() ? " is" : " is not")
                    + " written as an observer; the server line counts.");
        }
    }
}
