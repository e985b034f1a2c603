package org.placette.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.mastodon.Tag;
import org.placette.tag.Tags;

/**
 * What the neighbourhood talks about this week (methods/trends): counted in people from here, and
 * counted anew every few minutes.
 */
public final class TrendApi implements Api.Calls {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final int MOST = 60;

  /** Everything that was counted at once. */
  private record Week(List<String> tags, List<Long> posts, List<TrendStore.Link> links) {}

  private final Db db;
  private final Statuses statuses;
  private final Tags tags;
  private final Cache<String, Week> week =
      Caffeine.newBuilder().maximumSize(1).expireAfterWrite(Duration.ofMinutes(5)).build();

  public TrendApi(Db db, Statuses statuses, Tags tags) {
    this.db = db;
    this.statuses = statuses;
    this.tags = tags;
  }

  /** A shared link (entities/Trends::Link). */
  record Link(@JsonUnwrapped Status.Card card, List<Tag.Day> history) {}

  @Override
  public void into(Api api) {
    api.get("/api/v1/trends", Access.OPEN, this::words);
    api.get("/api/v1/trends/tags", Access.OPEN, this::words);
    api.get("/api/v1/trends/statuses", Access.OPEN, this::posts);
    api.get("/api/v1/trends/links", Access.OPEN, this::links);
  }

  private Week week() {
    var known = week.getIfPresent("");
    if (known != null) return known;
    var since = Ids.floor(Instant.now().minus(WEEK));
    var counted =
        new Week(
            TrendStore.tags(db, since, MOST),
            TrendStore.posts(db, since, MOST),
            TrendStore.links(db, since, MOST));
    week.put("", counted);
    return counted;
  }

  private static <T> List<T> part(Call call, List<T> all, int usual, int most) {
    var skip = call.params().number("offset");
    var from = skip == null ? 0 : (int) Math.clamp(skip, 0, all.size());
    var limit = call.paging(usual, most).limit();
    return all.subList(from, Math.min(all.size(), from + limit));
  }

  private List<Tag> words(Call call) {
    return tags.of(call.viewer(), part(call, week().tags(), 10, 20));
  }

  private List<Status> posts(Call call) {
    return statuses.byIds(call.viewer(), part(call, week().posts(), 20, 40), "public");
  }

  private List<Link> links(Call call) {
    var today = LocalDate.now(ZoneOffset.UTC);
    return part(call, week().links(), 10, 20).stream()
        .map(
            link -> {
              var card = statuses.card(link.card());
              if (card == null) return null;
              var use = new Tag.Use(today, link.posts(), link.people());
              return new Link(card, Tag.history(List.of(use)));
            })
        .filter(Objects::nonNull)
        .toList();
  }
}
