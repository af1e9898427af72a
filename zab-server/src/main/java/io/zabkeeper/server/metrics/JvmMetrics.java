package io.zabkeeper.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own figures under the names of Prometheus' client for Java, which dashboards rely on. Some take a while: not
 * for the replica loop.
 */
public final class JvmMetrics {
    private static final double MILLIS = 1_000;
    private static final double NANOS = 1_000_000_000;

    private final PrometheusText text;

    private JvmMetrics(PrometheusText text) {
        this.text = text;
    }

    public static void addTo(PrometheusText text) {
        JvmMetrics metrics = new JvmMetrics(text);
        metrics.memory();
        metrics.collectors();
        metrics.threads();
        metrics.classes();
        metrics.process();
    }

    private void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        area("jvm_memory_bytes_used", memory, MemoryUsage::getUsed);
        area("jvm_memory_bytes_committed", memory, MemoryUsage::getCommitted);
        area("jvm_memory_bytes_max", memory, MemoryUsage::getMax);
        area("jvm_memory_bytes_init", memory, MemoryUsage::getInit);
        pools("jvm_memory_pool_bytes_used", MemoryUsage::getUsed);
        pools("jvm_memory_pool_bytes_committed", MemoryUsage::getCommitted);
        pools("jvm_memory_pool_bytes_max", MemoryUsage::getMax);
        pools("jvm_memory_pool_bytes_init", MemoryUsage::getInit);
        buffers("jvm_buffer_pool_used_bytes", BufferPoolMXBean::getMemoryUsed);
        buffers("jvm_buffer_pool_capacity_bytes", BufferPoolMXBean::getTotalCapacity);
        buffers("jvm_buffer_pool_used_buffers", BufferPoolMXBean::getCount);
    }

    private void area(String name, MemoryMXBean memory, ToDoubleFunction<MemoryUsage> figure) {
        text.family(name, "gauge")
                .value(name, PrometheusText.label("area", "heap"), figure.applyAsDouble(memory.getHeapMemoryUsage()))
                .value(
                        name,
                        PrometheusText.label("area", "nonheap"),
                        figure.applyAsDouble(memory.getNonHeapMemoryUsage()));
    }

    private void pools(String name, ToDoubleFunction<MemoryUsage> figure) {
        text.family(name, "gauge");
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            text.value(name, PrometheusText.label("pool", pool.getName()), figure.applyAsDouble(pool.getUsage()));
        }
    }

    private void buffers(String name, ToDoubleFunction<BufferPoolMXBean> figure) {
        text.family(name, "gauge");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            text.value(name, PrometheusText.label("pool", pool.getName()), figure.applyAsDouble(pool));
        }
    }

    private void collectors() {
        String name = "jvm_gc_collection_seconds";
        text.family(name, "summary");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String label = PrometheusText.label("gc", collector.getName());
            text.value(name + "_count", label, (double) collector.getCollectionCount());
            text.value(name + "_sum", label, collector.getCollectionTime() / MILLIS);
        }
    }

    private void threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        gauge("jvm_threads_current", threads.getThreadCount());
        gauge("jvm_threads_daemon", threads.getDaemonThreadCount());
        gauge("jvm_threads_peak", threads.getPeakThreadCount());
        counter("jvm_threads_started_total", (double) threads.getTotalStartedThreadCount());
        gauge("jvm_threads_deadlocked", count(threads.findDeadlockedThreads()));
        gauge("jvm_threads_deadlocked_monitor", count(threads.findMonitorDeadlockedThreads()));
        Map<Thread.State, Integer> states = new EnumMap<>(Thread.State.class);
        for (Thread.State state : Thread.State.values()) {
            states.put(state, 0);
        }
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null) { // It may have ended since.
                states.merge(info.getThreadState(), 1, Integer::sum);
            }
        }
        text.family("jvm_threads_state", "gauge");
        states.forEach(
                (state, count) -> text.value("jvm_threads_state", PrometheusText.label("state", state.name()), count));
    }

    private static int count(long @Nullable [] threads) {
        return threads == null ? 0 : threads.length;
    }

    private void classes() {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        gauge("jvm_classes_loaded", classes.getLoadedClassCount());
        counter("jvm_classes_loaded_total", (double) classes.getTotalLoadedClassCount());
        counter("jvm_classes_unloaded_total", (double) classes.getUnloadedClassCount());
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        String labels = String.join(
                ",",
                PrometheusText.label("version", runtime.getVmVersion()),
                PrometheusText.label("vendor", runtime.getVmVendor()),
                PrometheusText.label("runtime", runtime.getVmName()));
        text.family("jvm_info", "gauge").value("jvm_info", labels, 1);
    }

    private void process() {
        gauge("process_start_time_seconds", ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            counter("process_cpu_seconds_total", system.getProcessCpuTime() / NANOS);
            gauge("process_virtual_memory_bytes", (double) system.getCommittedVirtualMemorySize());
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            gauge("process_open_fds", (double) system.getOpenFileDescriptorCount());
            gauge("process_max_fds", (double) system.getMaxFileDescriptorCount());
        }
    }

    private void gauge(String name, double value) {
        text.family(name, "gauge").value(name, "", value);
    }

    private void counter(String name, double value) {
        text.family(name, "counter").value(name, "", value);
    }
}
