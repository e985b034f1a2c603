package org.placette.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.mastodon.StatusStore.Seen;
import org.placette.web.Problem;

/**
 * Posts as statuses. A page costs one narrow query by its feature; what is the same for everybody
 * is kept written in memory, found again by the post's version, so that no change is ever missed,
 * and read in one more query when it is not there.
 */
public final class Statuses {

  private static final long KEPT_BYTES = 8L * 1024 * 1024;

  private record Kept(String version, int edition, Status.Body body) {}

  private final Db db;
  private final Accounts accounts;
  private final StatusBodyStore store;
  private volatile Filtering filtering = Filtering.NONE;
  private final Cache<Long, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher(
              (Long id, Kept one) ->
                  400 + one.body.text().length() + 2 * one.body.json().json().charLength())
          .build();

  public Statuses(Db db, Accounts accounts) {
    this.db = db;
    this.accounts = accounts;
    this.store = new StatusBodyStore(accounts.look());
  }

  /** Says who finds what viewers filter. */
  public void filtering(Filtering given) {
    filtering = given;
  }

  /** The card of a link, of its JSON as stored with a post; null when it names no link. */
  public Status.@Nullable Card card(String json) {
    return store.card(AccountStore.read(json));
  }

  /** The accounts beside them. */
  public Accounts accounts() {
    return accounts;
  }

  /** What stood beside a text, as {@code post} holds it. */
  public List<Media> media(long post, JsonNode attachments) {
    return MediaReader.all(post, attachments, accounts.look());
  }

  /** The emoji of a text, as {@code post} holds them. */
  public List<Account.Emoji> emojis(JsonNode tags) {
    return accounts.look().emojis(tags);
  }

  /**
   * One status.
   *
   * @param id of a post or an announce
   * @throws Problem.NotFound when there is none that the viewer may read
   */
  public Status one(long viewer, long id) {
    var all = byIds(viewer, List.of(id), "thread");
    if (all.isEmpty()) throw new Problem.NotFound();
    return all.getFirst();
  }

  /** Those that the viewer may read, in the order of their ids. */
  public List<Status> byIds(long viewer, Collection<Long> ids, String context) {
    if (ids.isEmpty()) return List.of();
    Map<Long, Seen> found = new HashMap<>();
    for (var seen : StatusStore.byIds(db, viewer, ids)) found.put(seen.id(), seen);
    List<Seen> ordered = new ArrayList<>();
    for (var id : ids) {
      var seen = found.get(id);
      if (seen != null) ordered.add(seen);
    }
    return of(viewer, ordered, context);
  }

  /**
   * The statuses of a page, in its order.
   *
   * @param context where filters look at it: home, notifications, public, thread or account
   */
  public List<Status> of(long viewer, List<Seen> rows, String context) {
    return page(viewer, rows, context, true);
  }

  private List<Status> page(long viewer, List<Seen> rows, String context, boolean withQuotes) {
    if (rows.isEmpty()) return List.of();
    var bodies = bodies(rows);
    var quotes = withQuotes ? quotes(viewer, bodies.values(), context) : Map.<Long, Status>of();
    Set<Long> people = new HashSet<>();
    for (var body : bodies.values())
      if (body.card() != null && body.card().author() != null) people.add(body.card().author());
    for (var row : rows) {
      people.add(row.authorId());
      if (row.byId() != null) people.add(row.byId());
    }
    var written = accounts.ready(people);
    var filters = viewer == 0 ? null : filtering.of(viewer);
    List<Status> all = new ArrayList<>(rows.size());
    for (var row : rows) {
      var body = bodies.get(row.postId());
      var author = written.get(row.authorId());
      if (body == null || author == null) continue;
      var marks = viewer == 0 ? null : marks(row, body, filters, context);
      var quoted = body.quoteId() == null ? null : quotes.get(body.quoteId());
      var card = body.card();
      var by = card == null || card.author() == null ? null : written.get(card.author());
      var own = viewer == row.authorId();
      var status = new Status(row.postId(), body, author, marks, own, null, quoted, by);
      var booster = row.byId() == null ? null : written.get(row.byId());
      if (booster == null) all.add(status);
      else
        all.add(
            new Status(row.id(), wrapper(row, status), booster, marks, false, status, null, null));
    }
    return all;
  }

  private static Status.Marks marks(
      Seen row, Status.Body body, Filtering.@Nullable Matcher filters, String context) {
    var own = row.marks();
    var met =
        filters == null
            ? List.<Status.Filtered>of()
            : filters.match(context, row.postId(), body.text());
    if (met.isEmpty()) return own;
    return new Status.Marks(
        own.favourited(),
        own.reblogged(),
        own.muted(),
        own.bookmarked(),
        own.pinned(),
        own.ownVotes(),
        own.asks(),
        met,
        own.answer(),
        own.requests());
  }

  private Map<Long, Status.Body> bodies(List<Seen> rows) {
    Map<Long, Status.Body> bodies = new HashMap<>();
    Set<Long> missing = new HashSet<>();
    var edition = accounts.look().withheld().edition();
    for (var row : rows) {
      var known = kept.getIfPresent(row.postId());
      if (known != null && known.edition == edition && known.version.equals(row.version()))
        bodies.put(row.postId(), known.body);
      else missing.add(row.postId());
    }
    if (missing.isEmpty()) return bodies;
    for (var made : store.byIds(db, missing)) {
      kept.put(made.id(), new Kept(made.version(), edition, made.body()));
      bodies.put(made.id(), made.body());
    }
    return bodies;
  }

  private Map<Long, Status> quotes(long viewer, Collection<Status.Body> bodies, String context) {
    Set<Long> ids = new HashSet<>();
    for (var body : bodies) if (body.quoteId() != null) ids.add(body.quoteId());
    if (ids.isEmpty()) return Map.of();
    Map<Long, Status> found = new HashMap<>();
    for (var one : page(viewer, StatusStore.byIds(db, viewer, ids), context, false))
      found.put(one.id(), one);
    return found;
  }

  /** A boost has a time and an author of its own, and no text. */
  private static Status.Body wrapper(Seen row, Status inner) {
    var uri = row.announceUri() == null ? "" : row.announceUri();
    var visibility = row.boostFor() == null ? "public" : row.boostFor();
    if (visibility.equals("followers")) visibility = "private";
    var words =
        new Status.Words(
            String.valueOf(row.id()),
            Ids.instant(row.id()),
            null,
            null,
            false,
            "",
            visibility,
            null,
            uri,
            uri,
            0,
            0,
            0,
            0,
            null,
            "",
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false,
            null);
    return new Status.Body(
        row.byId() == null ? 0 : row.byId(),
        Json.open(words),
        "",
        null,
        null,
        null,
        "closed",
        null,
        null);
  }
}
