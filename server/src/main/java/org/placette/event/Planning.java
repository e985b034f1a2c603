package org.placette.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.db.Tx;
import org.placette.web.Form;

/** What the form of an event needs of those who know more than one event. */
public interface Planning {

  /** Publishes it once or, when the form asks for that, again and again; gives the first one. */
  Event publish(Tx tx, Actor author, Form form, NewEvent wanted);

  /**
   * What else happens then.
   *
   * @param planner who plans it: nobody learns of what they may not read
   * @param form what was typed: a new event may take place again and again
   * @param before the event as it is stored, which is no clash with itself; null for a new one
   */
  List<Clash> clashes(Actor planner, Form form, NewEvent wanted, @Nullable Event before);

  /**
   * The same for what goes on from there in place of the rest of a series.
   *
   * @param series its number: it is no clash with itself
   */
  List<Clash> clashes(Actor planner, Form form, NewEvent wanted, long series);

  /**
   * The same at the village's place of that name, if there is one, with all that is known of it.
   *
   * @param before the event as it is stored, whose address is not another place's; null for none
   */
  NewEvent placed(NewEvent wanted, @Nullable Event before);

  /** The village's own places, to choose from. */
  List<Place> places();
}
