package io.zabkeeper.server.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Figures that the operating system keeps about this process; each is one look into memory of the kernel. */
public final class ProcessGauges {
    private ProcessGauges() {}

    /** Adds nothing where the system does not tell. */
    public static void register(Metrics metrics) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            metrics.gauge("open_file_descriptor_count", system::getOpenFileDescriptorCount);
            metrics.gauge("max_file_descriptor_count", system::getMaxFileDescriptorCount);
        }
    }
}
