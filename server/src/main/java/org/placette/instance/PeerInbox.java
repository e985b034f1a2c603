package org.placette.instance;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.outbox.Peers;

/**
 * Whoever follows is about to be sent things: asks its host what it runs before the follow is
 * accepted, so that already the first event goes out in the form that it understands. Leaves the
 * Follow itself to the next handler.
 */
public final class PeerInbox implements ActivityHandler {

  private final Peers peers;

  public PeerInbox(Peers peers) {
    this.peers = peers;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Follow", "*"));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var host = received.actor().host();
    if (host != null) peers.meet(host);
    return null;
  }
}
