package io.zabkeeper.consensus.zab;

import static io.zabkeeper.consensus.zab.Rig.ONE;
import static io.zabkeeper.consensus.zab.Rig.THREE;
import static io.zabkeeper.consensus.zab.Rig.entries;
import static io.zabkeeper.consensus.zab.Rig.image;
import static io.zabkeeper.consensus.zab.Rig.voter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.zabkeeper.consensus.DurableImage;
import io.zabkeeper.consensus.Effect;
import io.zabkeeper.consensus.Entry;
import io.zabkeeper.consensus.Event;
import io.zabkeeper.consensus.HardState;
import io.zabkeeper.consensus.Invariant;
import io.zabkeeper.consensus.SnapshotMeta;
import io.zabkeeper.consensus.Standing;
import io.zabkeeper.consensus.WalRecord;
import io.zabkeeper.consensus.Zxid;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ZabCoreTest {
    private static final List<Entry> ENTRIES = entries(4, 5, 0);

    private static DurableImage with(HardState state, long snapshot, long committed, Standing standing) {
        DurableImage image = image(state, ENTRIES);
        return new DurableImage(
                state, new SnapshotMeta(snapshot, 1, 1), ENTRIES, committed, 1, standing, image.configuration());
    }

    /** the state machine stands at the snapshot; what is known to be committed is delivered, the rest waits. */
    @Test
    void boots_from_the_snapshot_and_delivers_only_what_is_known_to_be_committed() {
        ZabCore core = new ZabCore(ONE, ZabConfig.DEFAULT, 1);

        List<Effect> effects =
                core.step(new Event.Boot(with(voter(4, THREE, 4), Zxid.of(4, 2), Zxid.of(4, 4), Standing.VOTER)));

        assertThat(effects).contains(new Effect.Deliver(ENTRIES.subList(2, 4)));
        assertThat(core.status().lastLogged()).isEqualTo(Zxid.of(4, 5));
        assertThat(core.status().delivered()).isEqualTo(Zxid.of(4, 4));
    }

    /** */
    @Test
    void a_damaged_disk_loses_its_vote_durably() {
        ZabCore core = new ZabCore(ONE, ZabConfig.DEFAULT, 1);

        List<Effect> effects =
                core.step(new Event.Boot(with(voter(4, THREE, 4), Zxid.of(4, 2), Zxid.of(4, 2), Standing.AMNESIAC)));

        assertThat(effects)
                .contains(new Effect.Wal(1, List.of(new WalRecord.State(new HardState(4, THREE, 4, 77, false)))));
        assertThat(core.status().voting()).isFalse();
    }

    /** */
    @Test
    void halts_when_the_log_cannot_be_written_and_never_speaks_again() {
        ZabCore core = new ZabCore(ONE, ZabConfig.DEFAULT, 1);
        core.step(new Event.Boot(image(voter(4, THREE, 4), ENTRIES)));

        assertThat(core.step(new Event.PersistFailed("disk")))
                .containsExactly(new Effect.Halt("the log cannot be written: disk"));
        assertThat(core.step(new Event.Tick(1))).isEmpty();
    }

    @Test
    void a_checkpoint_of_its_own_is_marked() {
        ZabCore core = new ZabCore(ONE, ZabConfig.DEFAULT, 1);
        core.step(new Event.Boot(image(voter(4, THREE, 4), ENTRIES)));
        SnapshotMeta meta = new SnapshotMeta(Zxid.of(4, 2), 1, 2);

        assertThat(core.step(new Event.SnapshotTaken(meta)))
                .containsExactly(new Effect.Wal(1, List.of(new WalRecord.Snapshot(meta, false))));
    }

    @Test
    void nothing_comes_before_boot_and_boot_comes_once() {
        ZabCore core = new ZabCore(ONE, ZabConfig.DEFAULT, 1);

        assertThatThrownBy(() -> core.step(new Event.Tick(1))).isInstanceOf(Invariant.Violation.class);
        core.step(new Event.Boot(image(voter(4, THREE, 4), ENTRIES)));
        assertThatThrownBy(() -> core.step(new Event.Boot(image(voter(4, THREE, 4), ENTRIES))))
                .isInstanceOf(Invariant.Violation.class);
    }

    /** The time of the ticks may begin anywhere, below zero too. */
    @Test
    void asks_for_a_tick_within_a_heartbeat() {
        ZabCore core = new ZabCore(ONE, ZabConfig.DEFAULT, 1);
        core.step(new Event.Boot(image(voter(4, THREE, 4), ENTRIES)));
        core.step(new Event.Tick(-5_000_000_000L));

        assertThat(core.nextDeadlineNanos()).isBetween(-5_000_000_000L, -4_900_000_000L);
    }

    /** A13: what is public here is what others may come to depend on. */
    @Test
    void offers_exactly_this_to_the_outside() {
        List<String> visible = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.zabkeeper.consensus.zab")
                        .stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info"))
                        .sorted()
                        .toList();

        assertThat(visible).containsExactly("Vote", "ZabConfig", "ZabCore", "ZabMessage", "ZabMutation");
    }
}
