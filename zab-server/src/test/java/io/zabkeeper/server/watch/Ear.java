package io.zabkeeper.server.watch;

import io.zabkeeper.server.auth.AccessCheck;
import io.zabkeeper.server.auth.Identity;
import io.zabkeeper.wire.Acl;
import io.zabkeeper.wire.AuthId;
import io.zabkeeper.wire.Permission;
import io.zabkeeper.wire.WatchEvent;
import java.util.ArrayList;
import java.util.List;

/** A connection that writes down what it hears: {@code 7 NODE_CREATED /a}. */
final class Ear implements Watcher {
    final List<String> heard = new ArrayList<>();
    List<AuthId> identity = Identity.ofPeer("10.0.0.1");
    Runnable whenHearing = () -> {};

    @Override
    public boolean mayRead(List<Acl> acl) {
        return AccessCheck.allows(acl, Permission.READ, identity);
    }

    @Override
    public void onEvent(long zxid, WatchEvent event) {
        heard.add(zxid + " " + event.type() + " " + event.path());
        whenHearing.run();
    }

    /** Since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }
}
