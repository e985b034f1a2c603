package org.placette.directory;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The directory: associations, people who want to be found, and the hashtags in use. */
public final class DirectoryPages implements Routes {

  private static final int PAGE = 60;
  private static final int TAGS = 100;
  private static final Duration TAGGED = Duration.ofDays(180);

  private final Db db;
  private final Pages pages;

  public DirectoryPages(Db db, Pages pages) {
    this.db = db;
    this.pages = pages;
  }

  /** Somebody, with the beginning of what they say of themselves. */
  public record Line(Byline who, String words) {}

  /**
   * The directory.
   *
   * @param q what is looked for; empty for everybody
   * @param bodies on the first page only
   * @param next the query of the next page; null when there is none
   */
  public record Page(String q, List<Line> bodies, List<Line> people, @Nullable String next) {}

  /** The hashtags. */
  public record Tags(List<Tag> tags) {}

  /** One of them. */
  public record Tag(String name, long posts) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/people", this::people);
    Pages.get(router, "/tags", this::tags);
  }

  private void people(RoutingContext ctx) {
    var q = asked(ctx, "q").toLowerCase(Locale.ROOT);
    var after = asked(ctx, "after");
    var afterId = after.isEmpty() ? 0 : number(asked(ctx, "id"));
    var bodies =
        after.isEmpty()
            ? DirectoryStore.bodies(db, q, "", 0, 500)
            : List.<DirectoryStore.Entry>of();
    var people = DirectoryStore.people(db, q, after, afterId, PAGE + 1);
    var more = people.size() > PAGE;
    var shown = more ? people.subList(0, PAGE) : people;
    var next = more ? next(q, shown.getLast()) : null;
    pages.show(ctx, "directory/people.jte", new Page(q, lines(bodies), lines(shown), next));
  }

  private static List<Line> lines(List<DirectoryStore.Entry> entries) {
    return entries.stream().map(it -> new Line(it.who(), it.words())).toList();
  }

  private static String next(String q, DirectoryStore.Entry last) {
    return "q=%s&after=%s&id=%d".formatted(encoded(q), encoded(last.sorted()), last.id());
  }

  private void tags(RoutingContext ctx) {
    var since = Ids.floor(Instant.now().minus(TAGGED));
    var tags =
        DirectoryStore.tags(db, since, TAGS).stream()
            .map(it -> new Tag(it.tag(), it.posts()))
            .toList();
    pages.show(ctx, "directory/tags.jte", new Tags(tags));
  }

  private static String asked(RoutingContext ctx, String name) {
    var text = Objects.requireNonNullElse(ctx.request().getParam(name), "").strip();
    return text.length() > 100 ? text.substring(0, 100) : text;
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
