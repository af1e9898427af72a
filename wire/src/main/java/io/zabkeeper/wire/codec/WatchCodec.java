package io.zabkeeper.wire.codec;

import io.zabkeeper.wire.AddWatchMode;
import io.zabkeeper.wire.OpCode;
import io.zabkeeper.wire.WatcherType;
import io.zabkeeper.wire.request.AddWatch;
import io.zabkeeper.wire.request.SetWatches;
import java.util.List;

/** The requests about a connection's watches, in both directions. */
final class WatchCodec {
    private WatchCodec() {}

    static SetWatches readSetWatches(OpCode op, JuteReader in) {
        boolean hasPersistent = op == OpCode.SET_WATCHES2;
        return new SetWatches(
                op,
                in.readLong(),
                in.readStrings(),
                in.readStrings(),
                in.readStrings(),
                hasPersistent ? in.readStrings() : List.of(),
                hasPersistent ? in.readStrings() : List.of());
    }

    static JuteWriter writeSetWatches(SetWatches setWatches, JuteWriter out) {
        out.writeLong(setWatches.relativeZxid())
                .writeStrings(setWatches.data())
                .writeStrings(setWatches.exist())
                .writeStrings(setWatches.child());
        return setWatches.op() == OpCode.SET_WATCHES2
                ? out.writeStrings(setWatches.persistent()).writeStrings(setWatches.persistentRecursive())
                : out;
    }

    static AddWatch readAddWatch(JuteReader in) {
        String path = in.readString();
        int code = in.readInt();
        AddWatchMode mode = AddWatchMode.of(code);
        if (mode == null) {
            throw new MalformedFrameException("mode " + code + " of a watch");
        }
        return new AddWatch(path, mode);
    }

    static JuteWriter writeAddWatch(AddWatch addWatch, JuteWriter out) {
        return out.writeString(addWatch.path()).writeInt(addWatch.mode().code());
    }

    static WatcherType readWatcherType(JuteReader in) {
        int code = in.readInt();
        WatcherType type = WatcherType.of(code);
        if (type == null) {
            throw new MalformedFrameException("type " + code + " of a watch");
        }
        return type;
    }
}
