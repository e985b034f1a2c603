package org.placette.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.text.Excerpt;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Place;
import org.placette.web.Problem;

/**
 * What is shown of links to events and discussions of this server, which does not ask itself over
 * the network. Only what everybody may read; of a discussion its title alone, which says nothing
 * more once its words are gone.
 */
public final class OwnLinks implements Function<String, @Nullable JsonNode> {

  private static final int LINE = 200;
  private static final Pattern EVENT = Pattern.compile("/events/([0-9a-f-]{36})(?:[?#].*)?");
  private static final Pattern POST = Pattern.compile("/(?:posts|threads)/(\\d{1,18})(?:[?#].*)?");

  private final Actors actors;
  private final Events events;
  private final Posts posts;
  private final Supplier<Place> place;

  public OwnLinks(Actors actors, Events events, Posts posts, Supplier<Place> place) {
    this.actors = actors;
    this.events = events;
    this.posts = posts;
    this.place = place;
  }

  /** True for addresses of this server, which must not be fetched. */
  public boolean ours(String url) {
    return actors.urls().isOurs(url);
  }

  /** The card of an address of this server, as {@code post.card} holds it; null for none. */
  @Override
  public @Nullable JsonNode apply(String url) {
    var path = url.substring(actors.urls().at("").length());
    var event = EVENT.matcher(path);
    if (event.matches()) return event(url, UUID.fromString(event.group(1)));
    var post = POST.matcher(path);
    return post.matches() ? thread(url, Long.parseLong(post.group(1))) : null;
  }

  private @Nullable JsonNode event(String url, UUID uuid) {
    var event = events.open(uuid);
    if (event == null) return null;
    var known = Language.of(event.post().language());
    var when = event.details().when();
    var dates = Dates.of(known == null ? place.get().language() : known);
    var hours = dates.range(when.localStart(), when.showsEnd() ? when.localEnd() : null);
    var text = Excerpt.of(event.post().content(), LINE);
    var banner = event.details().banner();
    var drawn = actors.urls().event(uuid) + "/banner.png?v=" + event.details().sequence();
    return card(url, event.name(), hours + (text.isEmpty() ? "" : ". " + text), event.post())
        .put("image", banner == null ? drawn : banner.url())
        .put("width", banner == null ? EventPicture.WIDTH : 0)
        .put("height", banner == null ? EventPicture.HEIGHT : 0);
  }

  private @Nullable JsonNode thread(String url, long id) {
    try {
      var post = posts.shown(id, null);
      var title = post.name();
      return title == null || title.isBlank() ? null : card(url, title, "", post);
    } catch (Problem.NotFound | Problem.Gone e) {
      return null;
    }
  }

  private ObjectNode card(String url, String title, String line, Post post) {
    var card =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", url)
            .put("title", title)
            .put("description", line)
            .put("provider", place.get().name());
    var author = actors.byId(post.actorId());
    if (author == null) return card;
    return card.put("author", author.displayName())
        .put("authorUrl", author.uri())
        .put("creator", author.id());
  }
}
