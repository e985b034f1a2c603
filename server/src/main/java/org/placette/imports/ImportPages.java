package org.placette.imports;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.place.PlacePages;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Uploads;
import org.placette.web.View;
import org.placette.web.Visitor;

/** Where animators follow calendars of others, and the page of one imported event. */
public final class ImportPages implements Routes {

  private static final List<String> CAME = List.of("read", "same", "failed", "too_soon");

  private final Imports imports;
  private final Actors actors;
  private final Pages pages;

  public ImportPages(Imports imports, Actors actors, Pages pages) {
    this.imports = imports;
    this.actors = actors;
    this.pages = pages;
  }

  /**
   * The list of sources with its forms.
   *
   * @param asked which one was just asked, a number; null for none
   * @param came what came of it: read, same, failed or too_soon
   */
  public record Page(
      List<ImportStore.Source> sources, Form form, @Nullable String asked, String came) {}

  /** One imported event. */
  public record One(ImportStore.Shown shown, boolean mayPublish) {

    public ImportedEvent event() {
      return shown.event();
    }

    public long id() {
      return shown.id();
    }

    public String source() {
      return shown.source();
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/imports", ctx -> list(ctx, Form.empty()));
    router.post("/imports").handler(this::add);
    Pages.get(router, "/imports/:id", this::one);
    router.post("/imports/:id/read").handler(this::read);
    router.post("/imports/:id/remove").handler(this::remove);
    router.post("/imports/:id/publish").handler(this::publish);
  }

  private View animator(RoutingContext ctx) {
    var view = pages.view(ctx);
    var unused = Visitor.of(ctx).required();
    if (!PlacePages.mayEdit(view)) throw new Problem.Forbidden("Animators keep this list");
    return view;
  }

  private void list(RoutingContext ctx, Form form) {
    var view = animator(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    var asked = ctx.request().getParam("asked");
    var came = Objects.requireNonNullElse(ctx.request().getParam("came"), "");
    if (!CAME.contains(came)) asked = null;
    pages.show(ctx, view, "imports/imports.jte", new Page(imports.sources(), form, asked, came));
  }

  private void add(RoutingContext ctx) {
    var view = animator(ctx);
    var form = Form.of(ctx);
    var name = Objects.requireNonNullElse(form.optional("importName"), "");
    if (name.length() > 100) form.wrong("importName", "error.long");
    var url = form.optional("importUrl");
    var file = Uploads.file(ctx, "importFile");
    if (url == null && file == null) form.wrong("importUrl", "error.required");
    if (form.ok()) {
      try {
        if (file != null) imports.take(name, file, view.viewer());
        else imports.follow(name, Objects.requireNonNull(url), view.viewer());
        Answers.redirect(ctx, "/imports");
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    list(ctx, form);
  }

  private static long id(RoutingContext ctx) {
    try {
      return Long.parseLong(ctx.pathParam("id"));
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }

  private void one(RoutingContext ctx) {
    var view = pages.view(ctx);
    var shown = imports.event(id(ctx));
    if (shown.published() != null) {
      Answers.redirect(ctx, shown.published());
      return;
    }
    pages.show(ctx, view, "imports/event.jte", new One(shown, PlacePages.mayEdit(view)));
  }

  private void read(RoutingContext ctx) {
    var unused = animator(ctx);
    var id = id(ctx);
    var came = imports.checkNow(id).name().toLowerCase(Locale.ROOT);
    Answers.redirect(ctx, "/imports?asked=" + id + "&came=" + came + "#calendar" + id);
  }

  private void remove(RoutingContext ctx) {
    var unused = animator(ctx);
    imports.remove(id(ctx));
    Answers.redirect(ctx, "/imports");
  }

  private void publish(RoutingContext ctx) {
    var view = animator(ctx);
    var author = Objects.requireNonNull(actors.byId(view.viewer()));
    var event = imports.publish(id(ctx), author, view.language().code());
    Answers.redirect(ctx, "/events/" + event.details().uuid());
  }
}
