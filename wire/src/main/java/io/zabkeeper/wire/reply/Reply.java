package io.zabkeeper.wire.reply;

/** What a server answers behind the header when it did what was asked. */
public sealed interface Reply
        permits CreateReply,
                Create2Reply,
                StatReply,
                DataReply,
                AclReply,
                ChildrenReply,
                SyncReply,
                EmptyReply,
                AddWatchReply,
                EphemeralsReply,
                CountReply,
                WhoAmIReply,
                SaslReply,
                DetailedListReply,
                ListPageReply,
                MultiReply {
    <R> R deliverTo(Receiver<R> receiver);

    /** One method for each shape. */
    interface Receiver<R> {
        R onCreate(CreateReply reply);

        R onCreate2(Create2Reply reply);

        R onStat(StatReply reply);

        R onData(DataReply reply);

        R onAcl(AclReply reply);

        R onChildren(ChildrenReply reply);

        R onSync(SyncReply reply);

        R onEmpty(EmptyReply reply);

        R onAddWatch(AddWatchReply reply);

        R onEphemerals(EphemeralsReply reply);

        R onCount(CountReply reply);

        R onWhoAmI(WhoAmIReply reply);

        R onSasl(SaslReply reply);

        R onDetailedList(DetailedListReply reply);

        R onListPage(ListPageReply reply);

        R onMulti(MultiReply reply);
    }
}
