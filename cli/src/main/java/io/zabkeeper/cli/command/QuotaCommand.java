package io.zabkeeper.cli.command;

import io.zabkeeper.cli.output.Format;
import io.zabkeeper.cli.output.Json;
import io.zabkeeper.cli.output.Style;
import io.zabkeeper.cli.output.Table;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zab quota}: shows, sets and removes how much there may be below a znode. */
@Command(
        name = "quota",
        aliases = {"listquota", "setquota"},
        description = {
            "Show how much there may be in a subtree and how much there is, or set or remove the limits.",
            "A server writes a line into its log when a soft limit is exceeded. It refuses what exceeds a hard limit if its"
                    + " configuration says enforceQuota."
        })
final class QuotaCommand extends SessionCommand {
    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "At most so many znodes, this one included.")
    private @Nullable Long count;

    @Option(
            names = {"-b", "--bytes"},
            paramLabel = "N",
            description = "At most so many bytes of data.")
    private @Nullable Long bytes;

    @Option(
            names = {"-N", "--hard-count"},
            paramLabel = "N",
            description = "At most so many znodes, as a hard limit.")
    private @Nullable Long hardCount;

    @Option(
            names = {"-B", "--hard-bytes"},
            paramLabel = "N",
            description = "At most so many bytes of data, as a hard limit.")
    private @Nullable Long hardBytes;

    @Option(names = "--hard", description = "What --count and --bytes set are hard limits.")
    private boolean isHard;

    @Option(names = "--delete", description = "Remove the quota with all its limits.")
    private boolean isDelete;

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PATH", description = "The top of the subtree.")
    private String path = "";

    @Override
    String path() {
        return path;
    }

    @Override
    void run(Session session) throws InterruptedException {
        boolean isCountOrBytes = count != null || bytes != null;
        boolean isSet = isCountOrBytes || hardCount != null || hardBytes != null;
        if (isDelete && (isSet || isHard)) {
            throw new CommandFailure(ExitCode.USAGE, "--delete removes all limits, and goes with no other option");
        }
        if (isHard && !isCountOrBytes) {
            throw new CommandFailure(ExitCode.USAGE, "--hard needs --count or --bytes");
        }
        requireLimit("--count", count);
        requireLimit("--bytes", bytes);
        requireLimit("--hard-count", hardCount);
        requireLimit("--hard-bytes", hardBytes);
        Quota quota = new Quota(session, path);
        if (isDelete) {
            remove(quota);
        } else if (isSet) {
            quota.set(this::changed);
        } else {
            print(quota.limits().orElseThrow(this::none), quota.usage().orElseGet(QuotaText::empty));
        }
    }

    private void remove(Quota quota) throws InterruptedException {
        if (!quota.delete()) {
            throw none();
        }
    }

    private QuotaText changed(QuotaText limits) {
        QuotaText changed = limits;
        if (count != null) {
            changed = changed.with(isHard ? QuotaText.HARD_COUNT : QuotaText.COUNT, count);
        }
        if (bytes != null) {
            changed = changed.with(isHard ? QuotaText.HARD_BYTES : QuotaText.BYTES, bytes);
        }
        if (hardCount != null) {
            changed = changed.with(QuotaText.HARD_COUNT, hardCount);
        }
        if (hardBytes != null) {
            changed = changed.with(QuotaText.HARD_BYTES, hardBytes);
        }
        return changed;
    }

    private CommandFailure none() {
        return new CommandFailure(ExitCode.REFUSED, path + " has no quota");
    }

    private void print(QuotaText limits, QuotaText usage) {
        if (output.format() == Format.JSON) {
            Map<String, @Nullable Object> object = Json.object();
            object.put("path", path);
            object.put("znodes", object(usage, limits, QuotaText.COUNT, QuotaText.HARD_COUNT));
            object.put("bytes", object(usage, limits, QuotaText.BYTES, QuotaText.HARD_BYTES));
            screen().result(Json.of(object));
            return;
        }
        Table table = new Table("OF", "USED", "LIMIT", "HARD LIMIT");
        row(table, "znodes", usage.get(QuotaText.COUNT), limits.get(QuotaText.COUNT), limits.get(QuotaText.HARD_COUNT));
        row(table, "bytes", usage.get(QuotaText.BYTES), limits.get(QuotaText.BYTES), limits.get(QuotaText.HARD_BYTES));
        table.lines(screen()::onOut).forEach(screen()::result);
    }

    private static void row(Table table, String of, OptionalLong used, OptionalLong soft, OptionalLong hard) {
        boolean isOver = exceeds(used, soft) || exceeds(used, hard);
        table.row(isOver ? Style.BAD : Style.PLAIN, of, shown(used), shown(soft), shown(hard));
    }

    private static boolean exceeds(OptionalLong used, OptionalLong limit) {
        return limit.isPresent() && used.orElse(0) > limit.getAsLong();
    }

    private static String shown(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
    }

    private static Map<String, @Nullable Object> object(QuotaText usage, QuotaText limits, String key, String hardKey) {
        Map<String, @Nullable Object> object = Json.object();
        object.put("used", orNull(usage.get(key)));
        object.put("limit", orNull(limits.get(key)));
        object.put("hardLimit", orNull(limits.get(hardKey)));
        return object;
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private static void requireLimit(String option, @Nullable Long limit) {
        if (limit != null && limit < 0) {
            throw new CommandFailure(ExitCode.USAGE, option + " is 0 or more, not " + limit);
        }
    }
}
