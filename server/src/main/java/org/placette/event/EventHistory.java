package org.placette.event;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.post.RevisionStore;
import org.placette.post.RevisionStore.Revision;
import org.placette.web.Pages;
import org.placette.web.Routes;
import org.placette.web.Spoken;
import org.placette.web.View;

/** The page that says what an event was before it was changed, change by change. */
public final class EventHistory implements Routes {

  private final Db db;
  private final EventPages events;
  private final Pages pages;

  public EventHistory(Db db, EventPages events, Pages pages) {
    this.db = db;
    this.events = events;
    this.pages = pages;
  }

  /**
   * One thing that was changed.
   *
   * @param label what it is, in words
   * @param before null when nothing was said before
   * @param after null when nothing is said any more
   */
  public record Fact(String label, @Nullable String before, @Nullable String after) {}

  /**
   * What was changed at once; the first one tells how it was published.
   *
   * @param text safe HTML; null when it stayed
   */
  public record Change(
      Instant at, boolean first, List<Fact> facts, @Nullable String text, @Nullable String lang) {}

  /**
   * What the page shows.
   *
   * @param changes the latest first
   */
  public record Page(String name, String back, List<Change> changes) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/events/:uuid/history", this::read);
  }

  private void read(RoutingContext ctx) {
    var view = pages.view(ctx);
    var event = events.readable(ctx);
    var words = RevisionStore.of(db, event.id());
    var former = EventHistoryStore.of(db, event.id());
    var page =
        new Page(
            event.name(),
            "/events/" + event.details().uuid(),
            changes(view, event, words, former).reversed());
    pages.show(ctx, view, "event/history.jte", page);
  }

  /** What was known from one moment on. */
  record State(Instant since, Revision words, Details details) {

    Map<String, @Nullable String> facts(View view) {
      return EventHistory.facts(view, words, details);
    }
  }

  private static List<Change> changes(
      View view, Event event, List<Revision> words, List<EventHistoryStore.Former> former) {
    List<Change> changes = new ArrayList<>();
    State before = null;
    for (var state : states(event, words, former)) {
      var said = state.words();
      var text = before == null || !said.content().equals(before.words().content());
      var facts = facts(before == null ? Map.of() : before.facts(view), state.facts(view));
      if (text || !facts.isEmpty())
        changes.add(
            new Change(
                state.since(),
                before == null,
                facts,
                text ? said.content() : null,
                said.language()));
      before = state;
    }
    return changes;
  }

  /** All that is known of an event, the earliest first. */
  static List<State> states(
      Event event, List<Revision> words, List<EventHistoryStore.Former> former) {
    // Words that stayed are known since the last change of anything, hence the first moment.
    var moments = new TreeSet<>(Set.of(event.post().published()));
    words.forEach(one -> moments.add(one.published()));
    former.forEach(one -> moments.add(one.replaced()));
    List<State> states = new ArrayList<>();
    for (var moment : moments) {
      var said = words.getFirst();
      for (var one : words) if (!one.published().isAfter(moment)) said = one;
      var details = event.details();
      for (var one : former.reversed()) if (one.replaced().isAfter(moment)) details = one.details();
      var last = states.isEmpty() ? null : states.getLast();
      if (last == null || !last.words().equals(said) || !last.details().equals(details))
        states.add(new State(moment, said, details));
    }
    return states;
  }

  private static List<Fact> facts(
      Map<String, @Nullable String> before, Map<String, @Nullable String> after) {
    List<Fact> changed = new ArrayList<>();
    after.forEach(
        (label, value) -> {
          if (!Objects.equals(before.get(label), value))
            changed.add(new Fact(label, before.get(label), value));
        });
    return changed;
  }

  /** Everything that can be changed but the text, by its label. */
  private static Map<String, @Nullable String> facts(View view, Revision words, Details details) {
    var when = details.when();
    var place = details.place();
    var banner = details.banner();
    var joining = details.joining();
    var practical = details.practical();
    Map<String, @Nullable String> facts = new LinkedHashMap<>();
    facts.put(view.t("field.name"), words.name());
    facts.put(
        view.t("history.when"),
        view.range(when.localStart(), when.showsEnd() ? when.localEnd() : null));
    facts.put(view.t("history.where"), place == null ? null : String.join(", ", place.lines()));
    facts.put(view.t("field.onlineUrl"), details.onlineUrl());
    facts.put(view.t("field.status"), view.t("status." + EventForm.status(details)));
    facts.put(
        view.t("field.category"),
        details.category() == null ? null : view.find("category." + details.category()));
    var asked = joining.mode().equals("restricted");
    facts.put(
        view.t("event.who"), view.find(asked ? "event.joinRestricted" : "join." + joining.mode()));
    facts.put(view.t("field.externalUrl"), joining.externalUrl());
    facts.put(
        view.t("field.capacity"),
        joining.capacity() == null ? null : String.valueOf(joining.capacity()));
    facts.put(view.t("field.price"), practical.price());
    facts.put(view.t("field.organiser"), practical.organiser());
    facts.put(view.t("field.contact"), practical.contact());
    facts.put(
        view.t("field.language"),
        words.language() == null ? null : Spoken.called(words.language()));
    facts.put(
        view.t("history.comments"),
        view.t(details.commentsClosed() ? "history.closed" : "history.open"));
    facts.put(view.t("event.picture"), banner == null ? null : shown(view, banner.name()));
    return facts;
  }

  private static String shown(View view, @Nullable String words) {
    return words == null || words.isBlank() ? view.t("history.picture") : words;
  }
}
