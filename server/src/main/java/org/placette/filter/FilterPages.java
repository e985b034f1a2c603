package org.placette.filter;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where residents say what they do not want to read, without an app. */
public final class FilterPages implements Routes {

  /** Where filters look, in the order of the form. */
  public static final List<String> CONTEXTS =
      List.of("home", "public", "thread", "account", "notifications");

  /** What they do. */
  public static final List<String> ACTIONS = List.of("warn", "hide", "blur");

  /** For how many days; 0 for always. */
  public static final List<Integer> DAYS = List.of(0, 1, 7, 30);

  private static final int MOST = 100;

  private final Db db;
  private final Filters filters;
  private final Pages pages;

  public FilterPages(Db db, Filters filters, Pages pages) {
    this.db = db;
    this.filters = filters;
    this.pages = pages;
  }

  /**
   * A filter as the page lists it.
   *
   * @param words in one line
   * @param posts how many single posts it holds
   */
  public record Line(
      String id,
      String title,
      String words,
      int posts,
      List<String> where,
      String action,
      @Nullable Instant ends,
      boolean over) {}

  /**
   * The page.
   *
   * @param edited the number of the filter that the form holds; null for a new one
   */
  public record Page(List<Line> lines, Form form, @Nullable String edited) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/settings/filters", this::list);
    router.post("/settings/filters").handler(this::save);
    router.post("/settings/filters/delete").handler(this::delete);
  }

  private void list(RoutingContext ctx) {
    var asked = ctx.request().getParam("edit");
    if (asked == null) show(ctx, FilterForm.fresh(), null);
    else show(ctx, FilterForm.of(mine(Visitor.of(ctx).required(), asked)), asked);
  }

  private void show(RoutingContext ctx, Form form, @Nullable String edited) {
    var me = Visitor.of(ctx).required();
    if (!form.ok()) ctx.response().setStatusCode(422);
    var lines = FilterStore.all(db, me).stream().map(FilterPages::line).toList();
    pages.show(ctx, "filter/filters.jte", new Page(lines, form, edited));
  }

  private static Line line(Filter one) {
    var words = one.keywords().stream().map(Filter.Keyword::keyword).toList();
    var ends = one.expiresAt();
    return new Line(
        one.id(),
        one.title(),
        String.join(", ", words),
        one.statuses().size(),
        CONTEXTS.stream().filter(one.context()::contains).toList(),
        one.filterAction(),
        ends,
        ends != null && ends.isBefore(Instant.now()));
  }

  private Filter mine(long me, String id) {
    var found = id.matches("\\d{1,18}") ? FilterStore.one(db, me, Long.parseLong(id)) : null;
    if (found == null) throw new Problem.NotFound();
    return found;
  }

  private void save(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var form = Form.of(ctx);
    var edited = form.optional("id");
    var before = edited == null ? null : mine(me, edited);
    var wanted = FilterForm.read(form, before);
    if (before == null && FilterStore.count(db, me) >= MOST) form.wrong("title", "filters.many");
    if (!form.ok()) {
      show(ctx, form, edited);
      return;
    }
    var id = before == null ? Ids.next() : Long.parseLong(before.id());
    db.transact(tx -> put(tx, me, id, wanted, before));
    filters.changed(me);
    Answers.redirect(ctx, "/settings/filters");
  }

  /** Words that stay keep their number, and how they are looked for unless that was changed. */
  private static void put(
      Tx tx, long me, long id, FilterForm.Wanted wanted, @Nullable Filter before) {
    FilterStore.put(
        tx, me, id, wanted.title(), wanted.context(), wanted.action(), wanted.expires());
    var known = before == null ? List.<Filter.Keyword>of() : before.keywords();
    var turned = before != null && FilterForm.whole(before) != wanted.whole();
    for (var word : known) {
      var number = Long.parseLong(word.id());
      if (!wanted.words().contains(word.keyword())) FilterStore.removeKeyword(tx, id, number);
      else if (turned) FilterStore.changeKeyword(tx, id, number, null, wanted.whole());
    }
    var kept = known.stream().map(Filter.Keyword::keyword).toList();
    for (var word : wanted.words())
      if (!kept.contains(word)) FilterStore.addKeyword(tx, id, word, wanted.whole());
  }

  private void delete(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var one = mine(me, Form.of(ctx).value("id"));
    FilterStore.delete(db, me, Long.parseLong(one.id()));
    filters.changed(me);
    Answers.redirect(ctx, "/settings/filters");
  }
}
