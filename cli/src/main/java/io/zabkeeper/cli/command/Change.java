package io.zabkeeper.cli.command;

import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a transaction. A version of -1 stands for any. */
public sealed interface Change {
    String path();

    /** As the user calls it. */
    String name();

    void deliverTo(Receiver receiver);

    /** A persistent znode appears, which must not be there. */
    record Create(String path, @Nullable Bytes data, List<Acl> acl) implements Change {
        public Create {
            acl = List.copyOf(acl);
        }

        @Override
        public String name() {
            return "create";
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.create(this);
        }
    }

    /** A znode gets other data. */
    record SetData(String path, @Nullable Bytes data, int version) implements Change {
        @Override
        public String name() {
            return "set";
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.setData(this);
        }
    }

    /** A znode goes, which must have no children then. */
    record Delete(String path, int version) implements Change {
        @Override
        public String name() {
            return "rm";
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.delete(this);
        }
    }

    /** Nothing changes, but the transaction fails when the znode is not there at this version of its data. */
    record Check(String path, int version) implements Change {
        @Override
        public String name() {
            return "check";
        }

        @Override
        public void deliverTo(Receiver receiver) {
            receiver.check(this);
        }
    }

    /** Does with each kind what is its own. */
    interface Receiver {
        void create(Create create);

        void setData(SetData setData);

        void delete(Delete delete);

        void check(Check check);
    }
}
