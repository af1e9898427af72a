package io.zabkeeper.consensus.scenario;

import io.zabkeeper.consensus.simulator.Stage;
import io.zabkeeper.consensus.simulator.invariant.PropertyViolation;
import io.zabkeeper.consensus.zab.ZabMutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Performs the commands of a scenario.
 *
 * <pre>
 *   ensemble N [fle] [retained=BYTES] [counter=N] [checkpoint=SLOTS]
 *   elect L [of A B ...]     these turn to L now and whenever they look; without "fle" nobody else elects
 *   forsake A B ...          these find no leader any more
 *   run MS                   until N TYPE      time passes; until N has received a message of that type
 *   write N [COUNT]          propose N         read N
 *   crash A B ... [keeping K]                  K of the unsynced records survive, none without it
 *   crash-before-effect N K  start A B ...     pause N     resume N     step-down N
 *   hold-disk A B ...        release-disk A B ...          fail-disk N  wipe N       damage N
 *   cut A>B | A-B ...        isolate N         heal        disconnect A-B
 *   drop TYPE [A>B]          hold TYPE [A>B]   release     0 stands for any member
 *   show                     recover
 * </pre>
 */
final class Interpreter {
    private final Set<ZabMutation> mutations;
    private @Nullable Stage stage;
    private int members;
    private boolean violated;

    Interpreter(Set<ZabMutation> mutations) {
        this.mutations = mutations;
    }

    /** The scenario with the facts as they came about. After a violation nothing more happens. */
    Scenario perform(Scenario scenario) {
        List<Scenario.Block> blocks = new ArrayList<>();
        for (Scenario.Block block : scenario.blocks()) {
            if (!violated) {
                blocks.add(new Scenario.Block(block.commands(), perform(block.commands())));
            }
        }
        return new Scenario(scenario.comments(), scenario.mutation(), blocks);
    }

    boolean violated() {
        return violated;
    }

    private List<String> perform(List<String> commands) {
        List<String> facts = new ArrayList<>();
        try {
            for (String command : commands) {
                perform(command);
            }
        } catch (PropertyViolation violation) {
            violated = true;
            facts.add("VIOLATION "
                    + String.valueOf(violation.getMessage()).lines().findFirst().orElse(""));
        }
        if (stage != null) {
            facts.addAll(0, stage.take());
        }
        return facts;
    }

    private void perform(String command) {
        List<String> words = List.of(command.split("\\s+", -1));
        List<String> arguments = words.subList(1, words.size());
        switch (words.get(0)) {
            case "ensemble" -> ensemble(arguments);
            case "elect" -> stage().elect(number(arguments, 0), arguments.contains("of") ? rest(arguments, 2) : all());
            case "forsake" -> stage().forsake(rest(arguments, 0));
            case "run" -> stage().run(number(arguments, 0));
            case "until" -> stage().runUntilReceived(number(arguments, 0), arguments.get(1));
            case "write" -> stage().write(number(arguments, 0), arguments.size() > 1 ? number(arguments, 1) : 1);
            case "propose" -> stage().propose(number(arguments, 0));
            case "read" -> stage().read(number(arguments, 0));
            case "crash" -> crash(arguments);
            case "crash-before-effect" -> stage().crashBeforeEffect(number(arguments, 0), number(arguments, 1));
            case "start" -> rest(arguments, 0).forEach(stage()::start);
            case "pause" -> stage().pause(number(arguments, 0));
            case "resume" -> stage().resume(number(arguments, 0));
            case "step-down" -> stage().stepDown(number(arguments, 0));
            case "hold-disk" -> rest(arguments, 0).forEach(stage()::holdDisk);
            case "release-disk" -> rest(arguments, 0).forEach(stage()::releaseDisk);
            case "fail-disk" -> stage().failDisk(number(arguments, 0));
            case "wipe" -> stage().wipe(number(arguments, 0));
            case "damage" -> stage().damage(number(arguments, 0));
            case "cut" -> arguments.forEach(this::cut);
            case "isolate" -> isolate(number(arguments, 0));
            case "heal" -> stage().heal();
            case "disconnect" -> stage().disconnect(end(arguments.get(0), 0), end(arguments.get(0), 1));
            case "drop" -> stage().drop(arguments.get(0), lane(arguments, 0), lane(arguments, 1));
            case "hold" -> stage().hold(arguments.get(0), lane(arguments, 0), lane(arguments, 1));
            case "release" -> stage().release();
            case "show" -> stage().show();
            case "recover" -> stage().recover();
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
    }

    private void ensemble(List<String> arguments) {
        members = number(arguments, 0);
        boolean elects = false;
        long retained = 1 << 20;
        long counter = 0xffff_f000L;
        int checkpoint = 1_000_000;
        for (String option : arguments.subList(1, arguments.size())) {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.equals("fle")) {
                elects = true;
            } else if (option.startsWith("retained=")) {
                retained = Long.parseLong(value);
            } else if (option.startsWith("counter=")) {
                counter = Long.parseLong(value);
            } else if (option.startsWith("checkpoint=")) {
                checkpoint = Integer.parseInt(value);
            } else {
                throw new IllegalArgumentException("no such option: " + option);
            }
        }
        stage = new Stage(new Stage.Setting(members, elects, retained, counter, checkpoint), mutations);
    }

    private void crash(List<String> arguments) {
        int keeping = arguments.indexOf("keeping");
        int survivors = keeping < 0 ? 0 : number(arguments, keeping + 1);
        for (int member : rest(keeping < 0 ? arguments : arguments.subList(0, keeping), 0)) {
            stage().crash(member, survivors);
        }
    }

    private void cut(String lane) {
        stage().cut(end(lane, 0), end(lane, 1));
        if (lane.contains("-")) {
            stage().cut(end(lane, 1), end(lane, 0));
        }
    }

    private void isolate(int member) {
        for (int other : all()) {
            if (other != member) {
                stage().cut(member, other);
                stage().cut(other, member);
            }
        }
    }

    private Stage stage() {
        if (stage == null) {
            throw new IllegalStateException("the first command must be \"ensemble\"");
        }
        return stage;
    }

    private List<Integer> all() {
        return IntStream.rangeClosed(1, members).boxed().toList();
    }

    private static int number(List<String> words, int at) {
        return Integer.parseInt(words.get(at));
    }

    private static List<Integer> rest(List<String> words, int from) {
        return words.subList(from, words.size()).stream().map(Integer::valueOf).toList();
    }

    private static int lane(List<String> words, int end) {
        return words.size() < 2 ? 0 : end(words.get(1), end);
    }

    private static int end(String lane, int end) {
        return Integer.parseInt(lane.split("[>-]", -1)[end]);
    }
}
