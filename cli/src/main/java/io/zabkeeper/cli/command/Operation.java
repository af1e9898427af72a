package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Bytes;

/** One of several writes that happen together. A version of -1 stands for any. */
public sealed interface Operation {
    String path();

    /** As the user calls it. */
    String name();

    /** Creates a persistent znode. */
    record Create(String path, Bytes data) implements Operation {
        @Override
        public String name() {
            return "create";
        }
    }

    /** Replaces a znode's data. */
    record Set(String path, Bytes data, int version) implements Operation {
        @Override
        public String name() {
            return "set";
        }
    }

    /** Deletes a znode. */
    record Remove(String path, int version) implements Operation {
        @Override
        public String name() {
            return "rm";
        }
    }

    /** Changes nothing, but must be true of a znode's data. */
    record Check(String path, int version) implements Operation {
        @Override
        public String name() {
            return "check";
        }
    }
}
