package io.zabkeeper.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** */
class IdentityTest {
    private final FaultyDisk disk = new FaultyDisk();

    private static Identity open(FaultyDisk disk) throws IOException {
        return Identity.open(disk, 2, new Random(5), 0);
    }

    @Test
    void counts_the_boots_of_a_disk() throws IOException {
        Identity first = open(disk);
        Identity second = open(disk);

        assertThat(first.origin()).isEqualTo(Identity.Origin.NEW);
        assertThat(second.origin()).isEqualTo(Identity.Origin.FOUND);
        assertThat(second.incarnation()).isEqualTo(first.incarnation() + 1);
        assertThat(second.diskId()).isEqualTo(first.diskId()).isNotZero();
        assertThat(second.everVoted()).isFalse();
    }

    @Test
    void counts_from_the_clock_so_that_a_lost_incarnation_is_not_used_twice() throws IOException {
        assertThat(Identity.open(disk, 2, new Random(5), 9_000_000).incarnation())
                .isEqualTo(9_000);
        assertThat(Identity.open(disk, 2, new Random(5), 8_000_000).incarnation())
                .isEqualTo(9_001);
    }

    @Test
    void refuses_the_disk_of_another_member() throws IOException {
        open(disk);

        assertThatThrownBy(() -> Identity.open(disk, 3, new Random(5), 0))
                .isInstanceOf(UnusableDirectoryException.class)
                .hasMessage("the data in /data/ belongs to member 2, but this member is configured as 3");
    }

    @Test
    void uses_the_other_slot_when_one_is_bad() throws IOException {
        Identity identity = open(disk);
        identity.joined(77, true);
        for (int slot = 0; slot < 2; slot++) {
            FaultyDisk rotten = disk.copy();
            rotten.flip(Identity.FILE, (long) slot * Identity.SLOT + 40, 1);

            Identity found = open(rotten);

            assertThat(found.origin()).isEqualTo(Identity.Origin.FOUND);
            assertThat(found.clusterId()).isEqualTo(77);
            assertThat(found.everVoted()).isTrue();
            assertThat(found.incarnation()).isGreaterThan(identity.incarnation());
        }
    }

    @Test
    void reports_that_both_slots_are_bad() throws IOException {
        open(disk);
        disk.flip(Identity.FILE, 50, 1);
        disk.flip(Identity.FILE, Identity.SLOT + 50L, 1);

        Identity found = open(disk);

        assertThat(found.origin()).isEqualTo(Identity.Origin.LOST);
        assertThat(found.isSuspect()).isTrue();
    }

    @Test
    void keeps_what_it_said_whenever_the_power_is_cut() throws IOException {
        for (int cut = 0; cut < 12; cut++) {
            FaultyDisk torn = new FaultyDisk();
            long incarnation = open(torn).incarnation();
            boolean voted = false;
            torn.cutPowerAfter(cut);
            try {
                Identity identity = open(torn);
                incarnation = identity.incarnation();
                identity.joined(5, true);
                voted = true;
                identity.reached(9);
            } catch (FaultyDisk.PowerCutException expected) {
                // At any change.
            }
            torn.restartAfterPowerCut(cut, 50);

            Identity found = open(torn);

            assertThat(found.origin()).as("cut " + cut).isEqualTo(Identity.Origin.FOUND);
            assertThat(found.incarnation()).as("cut " + cut).isGreaterThan(incarnation);
            assertThat(found.everVoted() || !voted).as("cut " + cut).isTrue();
        }
    }
}
