package org.placette.search;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.document.DocumentPages;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.FetchProblem;
import org.placette.inbox.Refused;
import org.placette.post.RemotePosts;
import org.placette.web.Answers;
import org.placette.web.Limit;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;

/**
 * The page of searches: people, groups, events, messages, documents and hashtags at once. Whoever
 * is signed in may also give an address or a handle, which is asked for elsewhere and then shown
 * here.
 */
public final class SearchPages implements Routes {

  private static final int LONGEST = 300;
  private static final int FEW = 8;
  private static final int POSTS = 20;
  private static final int FETCHES = 8;
  private static final int ENOUGH = 2;

  private final Db db;
  private final Actors actors;
  private final RemotePosts remote;
  private final Pages pages;
  private final Limit lookups = new Limit(30, Duration.ofMinutes(5));

  public SearchPages(Db db, Actors actors, RemotePosts remote, Pages pages) {
    this.db = db;
    this.actors = actors;
    this.remote = remote;
    this.pages = pages;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/search", this::search);
  }

  private void search(RoutingContext ctx) {
    var view = pages.view(ctx);
    var typed = Objects.requireNonNullElse(ctx.request().getParam("q"), "").strip();
    var q = (typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed).replace("\0", "");
    var there = view.signedIn() ? address(view, q) : null;
    if (there != null) Answers.redirect(ctx, there);
    else pages.show(ctx, view, "search/search.jte", q.isEmpty() ? Finds.nothing(q) : find(view, q));
  }

  /**
   * The page here of what an address or a handle stands for; null when it is neither, or nothing.
   */
  private @Nullable String address(View view, String q) {
    var handle = q.replaceFirst("^(acct:)?@?", "");
    var isHandle = handle.matches("[^@\\s/:]+@[^@\\s/]+");
    var isUrl = q.startsWith("https://") || q.startsWith("http://");
    if (!isHandle && !isUrl || q.contains(" ")) return null;
    if (isHandle) {
      var at = handle.indexOf('@');
      var host = handle.substring(at + 1);
      var known =
          host.equalsIgnoreCase(actors.urls().host())
              ? actors.localByName(handle.substring(0, at))
              : actors.storedByHandle(handle.substring(0, at), host);
      if (known != null) return known.deleted() ? null : Byline.of(known).path();
    }
    try {
      lookups.count(String.valueOf(view.viewer()));
      return isUrl
          ? url(view.viewer(), Words.address(actors.urls(), q))
          : person(handle, new Budget(FETCHES));
    } catch (Problem.TooMany | FetchProblem | Refused | IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable String url(long viewer, String url) {
    if (url.startsWith(actors.urls().at("/@"))) return url.substring(actors.urls().at("").length());
    var budget = new Budget(FETCHES);
    var known = SearchStore.postByAddress(db, url);
    if (known == null) {
      var fetched = remote.resolve(url, budget);
      known = fetched == null ? null : fetched.id();
    }
    if (known != null)
      return org.placette.audience.AudienceStore.reads(db, viewer, known)
          ? "/posts/" + known
          : null;
    return person(url, budget);
  }

  private @Nullable String person(String whom, Budget budget) {
    var actor = actors.byUri(whom);
    if (actor == null) actor = actors.byHandle(whom, budget);
    return actor.suspended() || actor.deleted() ? null : Byline.of(actor).path();
  }

  private Finds find(View view, String q) {
    var viewer = view.viewer();
    var prefixes = Words.prefixes(q.replaceFirst("^[#@]", ""));
    if (prefixes.isEmpty()) return Finds.nothing(q);
    var people = FindStore.named(db, viewer, prefixes, false, FEW);
    var groups = FindStore.named(db, viewer, prefixes, true, FEW);
    var plain = Words.plain(q).strip();
    var near = people.isEmpty() && groups.isEmpty() && plain.length() > ENOUGH;
    // "compte-rendu" also finds "compte rendu"; a minus before a word leaves it out.
    var words = q.replaceAll("(?<=[\\p{L}\\p{N}])-(?=[\\p{L}\\p{N}])", " ");
    var word = Words.plain(q.replaceFirst("^#", ""));
    return new Finds(
        q,
        near ? near(viewer, plain, false) : people,
        near,
        near ? near(viewer, plain, true) : groups,
        FindStore.events(db, viewer, words, FEW),
        FindStore.posts(db, viewer, words, POSTS),
        DocumentPages.find(db, viewer, words, FEW),
        word.matches("[\\p{L}\\p{N}_]+") ? SearchStore.tags(db, word, 0, FEW) : List.of());
  }

  /** Names that were typed with two letters swapped, then those that are nearly so. */
  private List<Byline> near(long viewer, String plain, boolean groups) {
    var swapped = Words.swapped(plain.replaceFirst("^[#@]", ""));
    Set<Byline> all = new LinkedHashSet<>();
    if (!swapped.isEmpty()) all.addAll(FindStore.named(db, viewer, swapped, groups, FEW));
    all.addAll(FindStore.alike(db, viewer, plain, FEW, groups));
    return all.stream().limit(FEW).toList();
  }
}
