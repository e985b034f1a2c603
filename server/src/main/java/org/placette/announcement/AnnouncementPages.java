package org.placette.announcement;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** Writing, changing and taking away the village's notices with a browser. */
public final class AnnouncementPages implements Routes {

  private static final String HOME = "/admin/notices";

  /** How long a notice stays unless somebody says otherwise. */
  private static final int USUAL_DAYS = 7;

  private final Db db;
  private final Announcements announcements;
  private final Pages pages;

  public AnnouncementPages(Db db, Announcements announcements, Pages pages) {
    this.db = db;
    this.announcements = announcements;
    this.pages = pages;
  }

  /**
   * A notice in the list.
   *
   * @param html safe HTML
   */
  public record Notice(String id, String html, @Nullable Instant ends) {}

  /**
   * The list and the form below it.
   *
   * @param editing the notice that the form changes; null for a new one
   */
  public record Page(List<Notice> notices, Form form, @Nullable String editing) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, HOME, this::list);
    Pages.get(router, HOME + "/:id", this::edit);
    router.post(HOME).handler(ctx -> save(ctx, null));
    router.post(HOME + "/:id").handler(ctx -> save(ctx, id(ctx)));
    router.post(HOME + "/:id/delete").handler(this::delete);
  }

  private View admin(RoutingContext ctx) {
    Visitor.of(ctx).require(Permission.NOTICES);
    return pages.view(ctx);
  }

  private static long id(RoutingContext ctx) {
    var text = ctx.pathParam("id");
    if (!text.matches("\\d{1,19}")) throw new Problem.NotFound();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }

  private void list(RoutingContext ctx) {
    var view = admin(ctx);
    var until = LocalDate.ofInstant(view.now(), view.place().zone()).plusDays(USUAL_DAYS);
    show(ctx, view, Form.empty().with("until", until), null);
  }

  private void edit(RoutingContext ctx) {
    var view = admin(ctx);
    var one = AnnouncementStore.draft(db, id(ctx));
    if (one == null) throw new Problem.NotFound();
    var zone = view.place().zone();
    var form =
        Form.empty()
            .with("text", one.text())
            .with("from", one.starts() == null ? "" : LocalDate.ofInstant(one.starts(), zone))
            // It ends when the day after begins.
            .with("until", one.ends() == null ? "" : LocalDate.ofInstant(last(one.ends()), zone));
    show(ctx, view, form, ctx.pathParam("id"));
  }

  private static Instant last(Instant end) {
    return end.minusSeconds(1);
  }

  private void show(RoutingContext ctx, View view, Form form, @Nullable String editing) {
    var notices =
        AnnouncementStore.all(db, 0, true).stream()
            .map(it -> new Notice(it.id(), it.content(), it.endsAt()))
            .toList();
    pages.show(ctx, view, "announcement/notices.jte", new Page(notices, form, editing));
  }

  private void save(RoutingContext ctx, @Nullable Long id) {
    var view = admin(ctx);
    var form = Form.of(ctx);
    var text = form.required("text", Announcements.LONGEST);
    var from = day(form, "from");
    var until = day(form, "until");
    var today = LocalDate.ofInstant(view.now(), view.place().zone());
    if (until != null && until.isBefore(Objects.requireNonNullElse(from, today)))
      form.wrong("until", "error.end");
    if (!form.ok()) {
      ctx.response().setStatusCode(422);
      show(ctx, view, form, id == null ? null : String.valueOf(id));
      return;
    }
    var zone = view.place().zone();
    var wanted =
        new Announcements.Wanted(
            text,
            from == null ? null : from.atStartOfDay(zone).toInstant(),
            until == null ? null : until.plusDays(1).atStartOfDay(zone).toInstant(),
            true);
    if (id == null) {
      var unused = announcements.write(view.viewer(), wanted);
    } else {
      announcements.change(view.viewer(), id, wanted);
    }
    Answers.redirect(ctx, HOME);
  }

  private static @Nullable LocalDate day(Form form, String field) {
    var text = form.optional(field);
    if (text == null) return null;
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      form.wrong(field, "error.date");
      return null;
    }
  }

  private void delete(RoutingContext ctx) {
    var view = admin(ctx);
    announcements.delete(view.viewer(), id(ctx));
    Answers.redirect(ctx, HOME);
  }
}
