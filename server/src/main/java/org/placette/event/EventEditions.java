package org.placette.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Account;
import org.placette.mastodon.EventText;
import org.placette.mastodon.Media;
import org.placette.mastodon.StatusEdit;
import org.placette.mastodon.Statuses;
import org.placette.post.Attachment;
import org.placette.post.Desk;
import org.placette.post.Post;
import org.placette.post.PostJson;
import org.placette.post.RevisionStore;

/** How apps showed an event each time: title, date, place and text as they were then. */
public final class EventEditions implements Desk.Editions {

  private static final Integer[] NOBODY = {0, 0, 0};

  private final Db db;
  private final Events events;
  private final Statuses statuses;

  public EventEditions(Db db, Events events, Statuses statuses) {
    this.db = db;
    this.events = events;
    this.statuses = statuses;
  }

  @Override
  public @Nullable List<StatusEdit> of(Post post, Account author) {
    if (!post.type().equals("Event")) return null;
    var event = events.byId(post.id());
    if (event == null) return null;
    var asked = events.asking(event).poll();
    var words = RevisionStore.of(db, post.id());
    return EventHistory.states(event, words, EventHistoryStore.of(db, post.id())).stream()
        .map(state -> edit(event, state, author, asked))
        .toList();
  }

  private StatusEdit edit(Event event, EventHistory.State state, Account author, boolean asked) {
    var text = text(event, state);
    var words = state.words();
    return new StatusEdit(
        text.html(words.content()),
        "",
        words.sensitive(),
        state.since(),
        author,
        asked ? options(text) : null,
        media(event, state, text),
        statuses.emojis(words.tag()));
  }

  private static @Nullable JsonNode options(EventText text) {
    var poll = text.poll(0, NOBODY);
    if (poll == null) return null;
    var shown = JsonNodeFactory.instance.objectNode();
    var options = shown.putArray("options");
    for (var one : poll.options()) options.addObject().put("title", one.title());
    return shown;
  }

  /** A picture that was taken away has no file any more. */
  private List<Media> media(Event event, EventHistory.State state, EventText text) {
    var files = statuses.media(event.id(), state.words().attachment());
    var then = url(state.details());
    var stays = then != null && Objects.equals(then, url(event.details()));
    return stays ? text.withBanner(files, statuses.accounts().look()) : files;
  }

  private static @Nullable String url(Details details) {
    var banner = details.banner();
    return banner == null ? null : banner.url();
  }

  private static EventText text(Event event, EventHistory.State state) {
    var details = state.details();
    var when = details.when();
    var place = details.place() == null ? Place.named("") : details.place();
    Instant end = when.showsEnd() ? when.end() : null;
    var name = state.words().name();
    return new EventText(
        name == null ? "" : name,
        event.post().page(),
        state.words().language(),
        when.start(),
        end,
        when.zone(),
        details.status().name(),
        place.name(),
        place.street(),
        place.postalCode(),
        place.locality(),
        place.region(),
        place.country(),
        place.latitude(),
        place.longitude(),
        details.online(),
        details.joining().mode(),
        0,
        banner(details.banner()),
        null,
        new EventText.Practical(
            details.eventStatus().equals("EventPostponed"),
            details.onlineUrl(),
            details.joining().externalUrl(),
            details.joining().capacity(),
            details.practical().price(),
            details.practical().organiser(),
            details.practical().contact()));
  }

  private static JsonNode banner(@Nullable Attachment banner) {
    if (banner == null) return JsonNodeFactory.instance.objectNode();
    return PostJson.attachments(List.of(banner)).get(0);
  }
}
