package io.zabkeeper.wire.request;

import io.zabkeeper.wire.OpCode;

/** Something that a client asks for. The list of permitted records is the list of operations. */
public sealed interface Request
        permits Create,
                Delete,
                Exists,
                GetData,
                SetData,
                GetAcl,
                SetAcl,
                GetChildren,
                Sync,
                Ping,
                Check,
                Multi,
                MultiRead,
                Reconfig,
                SetWatches,
                AddWatch,
                CheckWatches,
                RemoveWatches,
                GetEphemerals,
                GetAllChildrenNumber,
                WhoAmI,
                Auth,
                Sasl,
                CloseSession,
                FilteredList,
                DetailedList,
                ListPage,
                CheckNotExists,
                RemoveRecursive,
                Unknown {
    OpCode op();

    /** Whether it is ordered with all other writes, as opposed to answered from what a member has applied. */
    default boolean isWrite() {
        return false;
    }

    <R> R deliverTo(Receiver<R> receiver);

    /** One method for each kind of request. */
    interface Receiver<R> {
        R onCreate(Create create);

        R onDelete(Delete delete);

        R onExists(Exists exists);

        R onGetData(GetData getData);

        R onSetData(SetData setData);

        R onGetAcl(GetAcl getAcl);

        R onSetAcl(SetAcl setAcl);

        R onGetChildren(GetChildren getChildren);

        R onSync(Sync sync);

        R onPing(Ping ping);

        R onCheck(Check check);

        R onMulti(Multi multi);

        R onMultiRead(MultiRead multiRead);

        R onReconfig(Reconfig reconfig);

        R onSetWatches(SetWatches setWatches);

        R onAddWatch(AddWatch addWatch);

        R onCheckWatches(CheckWatches checkWatches);

        R onRemoveWatches(RemoveWatches removeWatches);

        R onGetEphemerals(GetEphemerals getEphemerals);

        R onGetAllChildrenNumber(GetAllChildrenNumber getAllChildrenNumber);

        R onWhoAmI(WhoAmI whoAmI);

        R onAuth(Auth auth);

        R onSasl(Sasl sasl);

        R onCloseSession(CloseSession closeSession);

        R onFilteredList(FilteredList filteredList);

        R onDetailedList(DetailedList detailedList);

        R onListPage(ListPage listPage);

        R onCheckNotExists(CheckNotExists checkNotExists);

        R onRemoveRecursive(RemoveRecursive removeRecursive);

        R onUnknown(Unknown unknown);
    }
}
