package org.placette.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.inbox.Refused;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.Statuses;
import org.placette.mastodon.Tag;
import org.placette.post.RemotePosts;
import org.placette.tag.Tags;
import org.placette.web.Problem;

/** Searching for people, posts and hashtags, and finding what an address stands for. */
public final class SearchApi implements Api.Calls {

  /** Requests to other servers for one search. */
  private static final int FETCHES = 8;

  private static final int LONGEST = 1_000;
  private static final int FARTHEST = 5_000;

  private final Db db;
  private final Actors actors;
  private final RemotePosts remote;
  private final Statuses statuses;
  private final Tags tags;
  private final Cache<String, Boolean> rare =
      Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  public SearchApi(Db db, Actors actors, RemotePosts remote, Statuses statuses, Tags tags) {
    this.db = db;
    this.actors = actors;
    this.remote = remote;
    this.statuses = statuses;
    this.tags = tags;
  }

  /** What was found (entities/Search). */
  record Found(List<Account> accounts, List<Status> statuses, List<Tag> hashtags) {}

  /** The same for older apps: hashtags by name. */
  record OldFound(List<Account> accounts, List<Status> statuses, List<String> hashtags) {}

  @Override
  public void into(Api api) {
    var read = Access.open("read:search");
    api.get("/api/v2/search", read, this::search);
    api.get("/api/v1/search", read, this::old);
    api.get("/api/v1/accounts/search", Access.person("read:accounts"), this::people);
  }

  /** What is asked for. */
  private record Asked(
      String q, @Nullable String type, boolean resolve, boolean following, int skip, int limit) {

    boolean wants(String kind) {
      return type == null || type.equals(kind);
    }
  }

  private static Asked asked(Call call) {
    var params = call.params();
    var q = params.required("q");
    if (q.length() > LONGEST) q = q.substring(0, LONGEST);
    var type = params.filled("type");
    if (type != null && !Set.of("accounts", "statuses", "hashtags").contains(type))
      throw new Problem.BadRequest("Unknown type");
    var resolve = params.flag("resolve", false);
    var skip = params.number("offset");
    // Strangers neither page through everything nor make this server ask others.
    if (call.viewer() == 0 && (resolve || skip != null))
      throw new Problem.Unauthorized(
          "Search queries pagination and resolving are not supported without authentication");
    return new Asked(
        q,
        type,
        resolve,
        params.flag("following", false),
        type == null || skip == null ? 0 : (int) Math.clamp(skip, 0, FARTHEST),
        call.paging(20, 40).limit());
  }

  private Found search(Call call) {
    var asked = asked(call);
    if (isAddress(asked.q())) return address(call, asked);
    return new Found(
        asked.wants("accounts") ? accounts(call.viewer(), asked) : List.of(),
        asked.wants("statuses") ? posts(call, asked) : List.of(),
        asked.wants("hashtags") ? hashtags(call.viewer(), asked) : List.of());
  }

  private OldFound old(Call call) {
    var found = search(call);
    return new OldFound(
        found.accounts(), found.statuses(), found.hashtags().stream().map(Tag::name).toList());
  }

  private List<Account> people(Call call) {
    var params = call.params();
    var q = params.filled("q");
    if (q == null) return List.of();
    var skip = params.number("offset");
    var asked =
        new Asked(
            q,
            "accounts",
            params.flag("resolve", false),
            params.flag("following", false),
            skip == null ? 0 : (int) Math.clamp(skip, 0, FARTHEST),
            call.accounts().limit());
    return isAddress(q) ? address(call, asked).accounts() : accounts(call.viewer(), asked);
  }

  private static boolean isAddress(String q) {
    return q.startsWith("https://") || q.startsWith("http://");
  }

  /** An address is a post or somebody, known here or asked for elsewhere. */
  private Found address(Call call, Asked asked) {
    var url = Words.address(actors.urls(), asked.q().strip());
    var budget = new Budget(FETCHES);
    if (asked.wants("statuses")) {
      var post = SearchStore.postByAddress(db, url);
      if (post == null && asked.resolve() && !actors.urls().isOurs(url)) {
        var fetched = remote.resolve(url, budget);
        post = fetched == null ? null : fetched.id();
      }
      var shown =
          post == null ? List.<Status>of() : statuses.byIds(call.viewer(), List.of(post), "thread");
      if (!shown.isEmpty()) return new Found(List.of(), shown, List.of());
    }
    if (!asked.wants("accounts")) return new Found(List.of(), List.of(), List.of());
    var known = SearchStore.actorByAddress(db, url);
    if (known == null && actors.urls().isOurs(url)) {
      var shown = shown(url);
      known = shown == null ? null : shown.id();
    } else if (known == null && asked.resolve()) {
      var fetched = fetched(url, budget);
      known = fetched == null ? null : fetched.id();
    }
    var people = known == null ? List.<Account>of() : statuses.accounts().byIds(List.of(known));
    return new Found(people, List.of(), List.of());
  }

  private List<Account> accounts(long viewer, Asked asked) {
    Set<Long> ids = new LinkedHashSet<>();
    var handle = asked.q().replaceFirst("^(acct:)?@?", "");
    var at = handle.indexOf('@');
    if (at > 0 && asked.skip() == 0) {
      var exact = handle(handle, at, asked.resolve());
      if (exact != null) ids.add(exact.id());
    }
    ids.addAll(named(viewer, asked, Words.prefixes(handle), handle));
    var plain = Words.plain(handle).strip();
    if (ids.isEmpty() && asked.skip() == 0 && plain.length() > 2) {
      ids.addAll(named(viewer, asked, Words.swapped(handle), handle));
      ids.addAll(SearchStore.alike(db, viewer, plain, asked.following(), asked.limit()));
    }
    var few = ids.stream().limit(asked.limit()).toList();
    return statuses.accounts().byIds(few);
  }

  private List<Long> named(long viewer, Asked asked, String words, String handle) {
    if (words.isEmpty()) return List.of();
    var exact = handle.toLowerCase(Locale.ROOT);
    return SearchStore.people(
        db, viewer, words, exact, asked.following(), asked.skip(), asked.limit());
  }

  private @Nullable Actor handle(String handle, int at, boolean resolve) {
    var name = handle.substring(0, at);
    var host = handle.substring(at + 1).toLowerCase(Locale.ROOT);
    if (host.isEmpty()) return null;
    var known =
        host.equals(actors.urls().host())
            ? actors.localByName(name)
            : actors.storedByHandle(name, host);
    if (known != null) return known.deleted() || known.suspended() ? null : known;
    return resolve && (host.contains(".") || host.contains(":"))
        ? fetched(handle, new Budget(FETCHES))
        : null;
  }

  /** Whose page here is {@code /@name} or {@code /@name@host}. */
  private @Nullable Actor shown(String url) {
    var page = actors.urls().at("/@");
    if (!url.startsWith(page)) return null;
    var handle = url.substring(page.length());
    var at = handle.indexOf('@');
    return at < 0
        ? handle(handle + "@" + actors.urls().host(), handle.length(), false)
        : handle(handle, at, false);
  }

  private @Nullable Actor fetched(String whom, Budget budget) {
    try {
      var actor = actors.byHandle(whom, budget);
      return actor.suspended() || actor.deleted() ? null : actor;
    } catch (FetchProblem | Refused | IllegalArgumentException e) {
      return null;
    }
  }

  private List<Tag> hashtags(long viewer, Asked asked) {
    var word = Words.plain(asked.q().replaceFirst("^#", ""));
    if (word.isEmpty() || word.indexOf(' ') >= 0 || word.indexOf('@') >= 0) return List.of();
    List<String> names = new ArrayList<>(SearchStore.tags(db, word, asked.skip(), asked.limit()));
    return tags.of(viewer, names);
  }

  private List<Status> posts(Call call, Asked asked) {
    var viewer = call.viewer();
    // Nobody asks for whole words of posts without saying who they are.
    if (viewer == 0 || asked.q().startsWith("#")) return List.of();
    var by = call.params().number("account_id");
    var wanted = wanted(asked.q(), by == null ? 0 : by, viewer, call);
    if (wanted.query().isBlank() && wanted.by() == 0) return List.of();
    var found = SearchStore.posts(db, viewer, wanted, rare(wanted), asked.skip(), asked.limit());
    return statuses.of(viewer, found, "public");
  }

  /** Words do not become common within minutes. */
  private boolean rare(SearchStore.Wanted wanted) {
    if (wanted.query().isBlank()) return false;
    var known = rare.getIfPresent(wanted.query());
    if (known != null) return known;
    var found = SearchStore.isRare(db, wanted.query());
    rare.put(wanted.query(), found);
    return found;
  }

  /** Reads from:, has:, is:, language:, before: and after: out of what was typed. */
  private SearchStore.Wanted wanted(String q, long by, long viewer, Call call) {
    var paging = call.statuses();
    long before = paging.before();
    long after = paging.after();
    var media = false;
    var replies = false;
    String language = null;
    List<String> words = new ArrayList<>();
    for (var word : q.strip().split("\\s+")) {
      var colon = word.indexOf(':');
      var value = word.substring(colon + 1);
      switch (colon < 0 ? "" : word.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "from" -> by = author(value, viewer);
        case "has" -> media = true;
        case "is" -> replies = value.equals("reply");
        case "language" -> language = value.toLowerCase(Locale.ROOT);
        case "before" -> before = Math.min(before, day(value, before));
        case "after" -> after = Math.max(after, day(value, after));
        default -> words.add(word);
      }
    }
    return new SearchStore.Wanted(
        String.join(" ", words), by, before, after, media, replies, language);
  }

  /** Nobody of that name wrote nothing. */
  private long author(String handle, long viewer) {
    if (handle.equals("me")) return viewer;
    var name = handle.replaceFirst("^@", "");
    var at = name.indexOf('@');
    var actor = at > 0 ? handle(name, at, false) : actors.localByName(name);
    return actor == null ? -1 : actor.id();
  }

  private static long day(String date, long otherwise) {
    try {
      return Ids.floor(LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
