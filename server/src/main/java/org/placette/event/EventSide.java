package org.placette.event;

import java.time.Instant;
import java.time.ZoneId;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.post.Draft;
import org.placette.post.Post;
import org.placette.post.Side;

/** Keeps the event side of every post of type Event. */
public final class EventSide implements Side {

  private final Supplier<ZoneId> here;
  private final Consumer<String> met;
  private final BiConsumer<Tx, Long> going;

  /**
   * @param here the zone of the people who read, in which a time is shown whose author names none
   * @param met is told the id of each event: whoever answers it has to know what its host speaks
   * @param going is told the number of each event that is about to be deleted
   */
  public EventSide(Supplier<ZoneId> here, Consumer<String> met, BiConsumer<Tx, Long> going) {
    this.going = going;
    this.here = here;
    this.met = met;
  }

  @Override
  public boolean takes(String type) {
    return type.equals("Event");
  }

  /** A cancelled event's title comes with the word for servers that know no status. */
  @Override
  public Draft text(AsObject object, Draft text) {
    var name = text.words().name();
    if (name == null || EventReader.status(object) != Status.CANCELLED) return text;
    return text.withWords(text.words().withName(EventWords.plainName(name)));
  }

  @Override
  public void deleting(Tx tx, Post post) {
    going.accept(tx, post.id());
  }

  @Override
  public Part read(AsObject object, Draft text, Instant at) {
    var details = EventReader.read(object, text, here.get());
    met.accept(text.uri());
    return (tx, postId) -> EventStore.put(tx, postId, details);
  }
}
