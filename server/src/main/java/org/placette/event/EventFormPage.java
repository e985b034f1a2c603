package org.placette.event;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.post.PostForm.Room;
import org.placette.web.Form;

/**
 * What the page of the form of an event shows.
 *
 * @param today the earliest day to offer; empty for any
 * @param action where it is sent
 * @param back where one goes who does not want to
 * @param fresh whether it is a new event, not a change of one
 * @param repeats whether one may say how it repeats
 * @param banner where the picture so far is shown from; null for none
 * @param clashes what else happens then
 * @param places to choose from
 * @param ring whether there are neighbours that it may be for alone
 * @param rooms the Groups that it may be posted to, besides that of the whole place
 */
public record EventFormPage(
    Form form,
    String today,
    String action,
    String back,
    boolean fresh,
    boolean repeats,
    @Nullable String banner,
    List<Clash> clashes,
    List<Place> places,
    boolean ring,
    List<Room> rooms) {

  /** A new event. */
  public static EventFormPage of(Form form, String today, Planning planning) {
    return new EventFormPage(
        form,
        today,
        "/events",
        "/",
        true,
        true,
        null,
        List.of(),
        planning.places(),
        false,
        List.of());
  }

  /** A change of an event. */
  EventFormPage changing(String path, @Nullable String picture) {
    return new EventFormPage(
        form, "", path + "/edit", path, false, false, picture, clashes, places, false, List.of());
  }

  /** A change of many. */
  public EventFormPage saving(String where, String path, @Nullable String picture) {
    return new EventFormPage(
        form, "", where, path, false, true, picture, clashes, places, false, List.of());
  }

  public EventFormPage warning(List<Clash> found) {
    return new EventFormPage(
        form, today, action, back, fresh, repeats, banner, found, places, ring, rooms);
  }

  /** With its draft's picture, and whom it may be for. */
  EventFormPage among(boolean neighbours, List<Room> groups, @Nullable String picture) {
    return new EventFormPage(
        form, today, action, back, fresh, repeats, picture, clashes, places, neighbours, groups);
  }

  public List<String> categories() {
    var chosen = form.value("category");
    if (chosen.isEmpty() || EventForm.CATEGORIES.contains(chosen)) return EventForm.CATEGORIES;
    return Stream.concat(EventForm.CATEGORIES.stream(), Stream.of(chosen)).toList();
  }
}
