package io.zabkeeper.wire.request;

/** Carries out what changes the tree, and says one thing about everything else. */
public interface WriteReceiver<R> extends Request.Receiver<R> {
    /** What this receiver does not carry out. */
    R onOther(Request request);

    @Override
    default R onExists(Exists exists) {
        return onOther(exists);
    }

    @Override
    default R onGetData(GetData getData) {
        return onOther(getData);
    }

    @Override
    default R onGetAcl(GetAcl getAcl) {
        return onOther(getAcl);
    }

    @Override
    default R onGetChildren(GetChildren getChildren) {
        return onOther(getChildren);
    }

    @Override
    default R onMultiRead(MultiRead multiRead) {
        return onOther(multiRead);
    }

    @Override
    default R onGetAllChildrenNumber(GetAllChildrenNumber getAllChildrenNumber) {
        return onOther(getAllChildrenNumber);
    }

    @Override
    default R onSync(Sync sync) {
        return onOther(sync);
    }

    @Override
    default R onPing(Ping ping) {
        return onOther(ping);
    }

    @Override
    default R onSetWatches(SetWatches setWatches) {
        return onOther(setWatches);
    }

    @Override
    default R onAddWatch(AddWatch addWatch) {
        return onOther(addWatch);
    }

    @Override
    default R onCheckWatches(CheckWatches checkWatches) {
        return onOther(checkWatches);
    }

    @Override
    default R onRemoveWatches(RemoveWatches removeWatches) {
        return onOther(removeWatches);
    }

    @Override
    default R onGetEphemerals(GetEphemerals getEphemerals) {
        return onOther(getEphemerals);
    }

    @Override
    default R onWhoAmI(WhoAmI whoAmI) {
        return onOther(whoAmI);
    }

    @Override
    default R onAuth(Auth auth) {
        return onOther(auth);
    }

    @Override
    default R onSasl(Sasl sasl) {
        return onOther(sasl);
    }

    @Override
    default R onCloseSession(CloseSession closeSession) {
        return onOther(closeSession);
    }

    @Override
    default R onUnknown(Unknown unknown) {
        return onOther(unknown);
    }

    @Override
    default R onFilteredList(FilteredList filteredList) {
        return onOther(filteredList);
    }

    @Override
    default R onDetailedList(DetailedList detailedList) {
        return onOther(detailedList);
    }

    @Override
    default R onListPage(ListPage listPage) {
        return onOther(listPage);
    }
}
