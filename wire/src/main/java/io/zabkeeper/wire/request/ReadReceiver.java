package io.zabkeeper.wire.request;

/** Carries out what is answered from the tree alone, and says one thing about everything else. */
public interface ReadReceiver<R> extends Request.Receiver<R> {
    /** What this receiver does not carry out. */
    R onOther(Request request);

    @Override
    default R onCreate(Create create) {
        return onOther(create);
    }

    @Override
    default R onDelete(Delete delete) {
        return onOther(delete);
    }

    @Override
    default R onSetData(SetData setData) {
        return onOther(setData);
    }

    @Override
    default R onSetAcl(SetAcl setAcl) {
        return onOther(setAcl);
    }

    @Override
    default R onCheck(Check check) {
        return onOther(check);
    }

    @Override
    default R onMulti(Multi multi) {
        return onOther(multi);
    }

    @Override
    default R onReconfig(Reconfig reconfig) {
        return onOther(reconfig);
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
    default R onCheckNotExists(CheckNotExists checkNotExists) {
        return onOther(checkNotExists);
    }

    @Override
    default R onRemoveRecursive(RemoveRecursive removeRecursive) {
        return onOther(removeRecursive);
    }
}
