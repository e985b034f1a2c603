package org.placette.event;

import java.time.Instant;
import org.placette.federation.vocab.AsObject;
import org.placette.post.Draft;
import org.placette.post.Side;

/** Keeps the event side of every post of type Event. */
public final class EventSide implements Side {

  @Override
  public boolean takes(String type) {
    return type.equals("Event");
  }

  @Override
  public Part read(AsObject object, Draft text, Instant at) {
    var details = EventReader.read(object, text);
    return (tx, postId) -> EventStore.put(tx, postId, details);
  }
}
