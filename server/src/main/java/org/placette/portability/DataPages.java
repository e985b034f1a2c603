package org.placette.portability;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.web.Answers;
import org.placette.web.FileAnswer;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Uploads;
import org.placette.web.Visitor;

/** One's own data: taken away, brought, moved, ended. What ends something asks for the password. */
public final class DataPages implements Routes {

  private final Actors actors;
  private final Exports exports;
  private final Archive archive;
  private final CarryIn carryIn;
  private final Moves moves;
  private final Farewell farewell;
  private final BiFunction<RoutingContext, String, Boolean> password;
  private final Pages pages;

  /**
   * What the page works with.
   *
   * @param password whether this is the visitor's
   */
  public record Parts(
      Actors actors,
      Exports exports,
      Archive archive,
      CarryIn carryIn,
      Moves moves,
      Farewell farewell,
      BiFunction<RoutingContext, String, Boolean> password) {}

  public DataPages(Parts parts, Pages pages) {
    actors = parts.actors();
    exports = parts.exports();
    archive = parts.archive();
    carryIn = parts.carryIn();
    moves = parts.moves();
    farewell = parts.farewell();
    password = parts.password();
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param waiting lines that were brought and are still to be done
   * @param aliases addresses of accounts that may move here
   * @param movedTo where this account has moved; null for nowhere
   */
  public record Page(
      Form form,
      List<Exports.Export> exports,
      List<String> files,
      List<String> kinds,
      int waiting,
      List<String> aliases,
      @Nullable String movedTo) {

    /** True while an archive waits to be made. */
    public boolean making() {
      return exports.stream().anyMatch(one -> one.state().equals("waiting"));
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/settings/data", ctx -> show(ctx, Form.empty()));
    router.post("/settings/data/export").handler(this::export);
    Pages.get(router, "/settings/data/archive/:id", this::download);
    Pages.get(router, "/settings/data/lists/:file", this::list);
    router.post("/settings/data/import").handler(this::bring);
    router.post("/settings/data/alias").handler(this::alias);
    router.post("/settings/data/unalias").handler(this::unalias);
    router.post("/settings/data/move").handler(this::move);
    router.post("/settings/data/delete").handler(this::delete);
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }

  private void show(RoutingContext ctx, Form form) {
    var me = person(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    ctx.response().putHeader("Cache-Control", "private, no-store");
    var page =
        new Page(
            form,
            exports.of(me.id()),
            Carried.FILES,
            Carried.KINDS,
            carryIn.waiting(me.id()),
            me.alsoKnownAs(),
            me.movedTo());
    pages.show(ctx, "portability/data.jte", page);
  }

  private void export(RoutingContext ctx) {
    exports.ask(person(ctx).id());
    back(ctx);
  }

  private static void back(RoutingContext ctx) {
    Answers.redirect(ctx, "/settings/data");
  }

  private void download(RoutingContext ctx) {
    var me = person(ctx);
    var text = ctx.pathParam("id");
    if (!text.matches("[0-9]{1,18}")) throw new Problem.NotFound();
    var file = exports.file(me.id(), Long.parseLong(text));
    FileAnswer.send(ctx, file, "application/zip", false, text, "private, no-store");
  }

  private void list(RoutingContext ctx) {
    var me = person(ctx);
    var file = ctx.pathParam("file").replaceFirst("\\.csv$", "");
    if (!Carried.FILES.contains(file)) throw new Problem.NotFound();
    ctx.response()
        .putHeader("Content-Disposition", "attachment; filename=\"" + file + ".csv\"")
        .putHeader("Cache-Control", "private, no-store");
    Answers.text(ctx, "text/csv; charset=utf-8", archive.csv(file, me.id()));
  }

  private void bring(RoutingContext ctx) {
    var me = person(ctx);
    var form = Form.of(ctx);
    var file = Uploads.file(ctx, "file");
    if (file == null) form.wrong("file", "error.required");
    else take(me, form, file);
    answer(ctx, form);
  }

  private void take(Actor me, Form form, Path file) {
    attempt(
        form,
        () -> {
          var unused = carryIn.take(me.id(), form.value("kind"), file);
        });
  }

  private void alias(RoutingContext ctx) {
    var me = person(ctx);
    var form = Form.of(ctx);
    var alias = form.required("alias", 300);
    if (form.ok()) attempt(form, () -> moves.alias(me, alias));
    answer(ctx, form);
  }

  private void unalias(RoutingContext ctx) {
    moves.unalias(person(ctx), Form.of(ctx).value("alias"));
    back(ctx);
  }

  private void move(RoutingContext ctx) {
    var me = person(ctx);
    var form = Form.of(ctx);
    var target = form.required("target", 300);
    checkPassword(ctx, form, "movePassword");
    if (form.ok()) attempt(form, () -> moves.away(me, target));
    answer(ctx, form);
  }

  private void delete(RoutingContext ctx) {
    var me = person(ctx);
    var form = Form.of(ctx);
    checkPassword(ctx, form, "password");
    if (form.ok()) {
      try {
        farewell.leave(me.id());
        Answers.redirect(ctx, "/");
        return;
      } catch (Problem.Conflict e) {
        form.wrong("password", "data.lastOwner");
      }
    }
    show(ctx, form);
  }

  private void checkPassword(RoutingContext ctx, Form form, String field) {
    var given = form.value(field);
    if (given.isEmpty() || !password.apply(ctx, given)) form.wrong(field, "data.password");
  }

  private static void attempt(Form form, Runnable what) {
    try {
      what.run();
    } catch (Problem.Invalid e) {
      form.wrong(e);
    }
  }

  private void answer(RoutingContext ctx, Form form) {
    if (form.ok()) back(ctx);
    else show(ctx, form);
  }
}
