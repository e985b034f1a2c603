package org.placette;

import java.util.List;
import org.placette.inbox.ActivityHandler;
import org.placette.instance.Backfill;
import org.placette.instance.NeighbourWorker;
import org.placette.instance.PeerInbox;

/** The wiring of what other servers bring: who they are, and what neighbours are told and asked. */
final class NeighbourFeature implements Feature {

  private final Neighbourhood here;

  NeighbourFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<ActivityHandler> handlers() {
    return List.of(new PeerInbox(here.peers));
  }

  @Override
  public void start() {
    var backfill = new Backfill(here.db, here.actors, here.dispatch, here.documents);
    var worker =
        new NeighbourWorker(
            here.db,
            here.actors,
            here.follows,
            here.neighbours,
            backfill,
            (tx, from, to) -> here.events.replay(tx, to, from));
    here.keep(worker).start();
  }
}
