package io.zabkeeper.wire.codec;

import io.zabkeeper.wire.Bytes;
import io.zabkeeper.wire.ChildFilter;
import io.zabkeeper.wire.Stat;
import io.zabkeeper.wire.reply.DetailedListReply;
import io.zabkeeper.wire.reply.ListPageReply;
import io.zabkeeper.wire.request.CheckNotExists;
import io.zabkeeper.wire.request.DetailedList;
import io.zabkeeper.wire.request.FilteredList;
import io.zabkeeper.wire.request.ListPage;
import io.zabkeeper.wire.request.RemoveRecursive;
import java.util.ArrayList;
import java.util.List;

/** Requests and replies that ZooKeeper does not have. Those with ClickHouse Keeper's numbers have its layouts too. */
final class ExtensionCodec {
    private ExtensionCodec() {}

    static FilteredList readFilteredList(JuteReader in) {
        return new FilteredList(in.readString(), in.readBoolean(), readFilter(in));
    }

    static JuteWriter writeFilteredList(FilteredList list, JuteWriter out) {
        return out.writeString(list.path())
                .writeBoolean(list.watch())
                .writeByte(list.filter().code());
    }

    static DetailedList readDetailedList(JuteReader in) {
        return new DetailedList(in.readString(), in.readBoolean(), readFilter(in), in.readBoolean(), in.readBoolean());
    }

    static JuteWriter writeDetailedList(DetailedList list, JuteWriter out) {
        return out.writeString(list.path())
                .writeBoolean(list.watch())
                .writeByte(list.filter().code())
                .writeBoolean(list.withStats())
                .writeBoolean(list.withData());
    }

    static ListPage readListPage(JuteReader in) {
        return new ListPage(in.readString(), in.readInt(), in.readNullableBuffer());
    }

    static JuteWriter writeListPage(ListPage page, JuteWriter out) {
        return out.writeString(page.path()).writeInt(page.limit()).writeBuffer(page.token());
    }

    static CheckNotExists readCheckNotExists(JuteReader in) {
        return new CheckNotExists(in.readString(), in.readInt());
    }

    static JuteWriter writeCheckNotExists(CheckNotExists check, JuteWriter out) {
        return out.writeString(check.path()).writeInt(check.version());
    }

    static RemoveRecursive readRemoveRecursive(JuteReader in) {
        return new RemoveRecursive(in.readString(), in.readInt());
    }

    static JuteWriter writeRemoveRecursive(RemoveRecursive remove, JuteWriter out) {
        return out.writeString(remove.path()).writeInt(remove.limit());
    }

    static DetailedListReply readDetailedListReply(JuteReader in) {
        List<Bytes> names = in.readStringsAsBytes();
        Stat stat = in.readStat();
        int count = in.readCount(JuteWriter.STAT_SIZE);
        List<Stat> stats = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            stats.add(in.readStat());
        }
        return new DetailedListReply(names, stat, stats, in.readStringsAsBytes());
    }

    static JuteWriter writeDetailedListReply(DetailedListReply reply, JuteWriter out) {
        out.writeBuffers(reply.names()).writeStat(reply.stat());
        out.writeInt(reply.stats().size());
        for (Stat stat : reply.stats()) {
            out.writeStat(stat);
        }
        return out.writeBuffers(reply.data());
    }

    static ListPageReply readListPageReply(JuteReader in) {
        return new ListPageReply(in.readStringsAsBytes(), in.readStat(), in.readNullableBuffer());
    }

    static JuteWriter writeListPageReply(ListPageReply reply, JuteWriter out) {
        return out.writeBuffers(reply.names()).writeStat(reply.stat()).writeBuffer(reply.token());
    }

    private static ChildFilter readFilter(JuteReader in) {
        int code = in.readByte();
        ChildFilter filter = ChildFilter.of(code);
        if (filter == null) {
            throw new MalformedFrameException("filter " + code + " of a list");
        }
        return filter;
    }
}
