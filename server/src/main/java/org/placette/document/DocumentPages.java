package org.placette.document;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** The page of all documents: minutes, plans, forms, as far as the viewer may read them. */
public final class DocumentPages implements Routes {

  private static final int PAGE = 30;
  private static final int LONGEST = 200;

  private final Db db;
  private final Pages pages;

  public DocumentPages(Db db, Pages pages) {
    this.db = db;
    this.pages = pages;
  }

  /**
   * A year in which documents were posted to a Group.
   *
   * @param group 0 for none
   */
  public record Shelf(int year, long group, @Nullable String name) {}

  /**
   * The page.
   *
   * @param groups names by number, those that hold documents
   * @param next the query of the page after it; null for none
   */
  public record Shelves(
      List<Document> documents,
      List<Integer> years,
      Map<Long, String> groups,
      String words,
      int year,
      long group,
      @Nullable String next) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/documents", this::list);
  }

  /** The documents with these words that somebody may read, the latest first. */
  public static List<Document> find(Db db, long viewer, String words, int limit) {
    return DocumentStore.find(
        db, viewer, new DocumentStore.Wanted(words, 0, 0, Long.MAX_VALUE, limit));
  }

  private void list(RoutingContext ctx) {
    var view = pages.view(ctx);
    var typed = Objects.requireNonNullElse(ctx.request().getParam("q"), "").strip();
    var words = typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
    var year = (int) number(ctx, "year", 0);
    var group = number(ctx, "group", 0);
    var before = number(ctx, "before", Long.MAX_VALUE);
    var found =
        DocumentStore.find(
            db, view.viewer(), new DocumentStore.Wanted(words, group, year, before, PAGE));
    var shelves = DocumentStore.shelves(db, view.viewer());
    var years = shelves.stream().map(Shelf::year).distinct().toList();
    Map<Long, String> groups = new LinkedHashMap<>();
    for (var shelf : shelves)
      if (shelf.name() != null) groups.putIfAbsent(shelf.group(), shelf.name());
    var posts = found.stream().mapToLong(Document::postId).distinct().count();
    var next =
        posts < PAGE
            ? null
            : "q=%s&year=%d&group=%d&before=%d"
                .formatted(
                    URLEncoder.encode(words, StandardCharsets.UTF_8),
                    year,
                    group,
                    found.getLast().postId());
    pages.show(
        ctx,
        view,
        "document/documents.jte",
        new Shelves(found, years, groups, words, year, group, next));
  }

  private static long number(RoutingContext ctx, String name, long otherwise) {
    var text = ctx.request().getParam(name);
    if (text == null || text.isEmpty()) return otherwise;
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.BadRequest("not a number: " + name);
    }
  }
}
