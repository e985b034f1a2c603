package org.placette.unsent;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.media.FormFiles;
import org.placette.media.Media;
import org.placette.unsent.UnsentStore.Unsent;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Drafts in the browser: the form of a message is kept with a button of its own. */
public final class UnsentPages implements Routes {

  /** What the form of a message asks for, and what is kept of it. */
  private static final Set<String> FIELDS =
      Set.of(
          "room",
          "title",
          "text",
          "warning",
          "language",
          "visibility",
          "replyTo",
          "files",
          "options",
          "multiple",
          "days",
          "kind",
          "hidden",
          "residents",
          "quorum",
          "publishDate",
          "publishTime");

  private final Db db;
  private final Media media;
  private final LongFunction<List<Timed>> timed;
  private final FormFiles files;
  private final Pages pages;

  /**
   * @param media frees the picture of an event that is thrown away
   * @param timed what apps have timed for somebody
   */
  public UnsentPages(Db db, Media media, LongFunction<List<Timed>> timed, Pages pages) {
    this.timed = timed;
    this.media = media;
    this.db = db;
    files = new FormFiles(db, media);
    this.pages = pages;
  }

  /**
   * A message that an app has timed.
   *
   * @param failed whether it could not be published at its hour
   */
  public record Timed(long id, String text, Instant due, boolean failed) {

    /** How it begins; empty when it is a picture or a poll alone. */
    public String label() {
      return Unsent.beginning(text);
    }
  }

  /** The list. */
  public record Listed(List<Timed> timed, List<Unsent> all) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/drafts", this::list);
    router.post("/drafts").handler(this::save);
    router.post("/drafts/:id/hold").handler(this::hold);
    router.post("/drafts/:id/delete").handler(this::remove);
  }

  private void list(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    pages.show(ctx, "unsent/drafts.jte", new Listed(timed.apply(me), UnsentStore.of(db, me)));
  }

  private void save(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var form = Form.of(ctx);
    // What is wrong with a file is seen when the draft is opened: it is not there.
    var unused = files.read(ctx, me, form);
    Map<String, String> kept = new HashMap<>();
    for (var field : FIELDS) if (!form.value(field).isEmpty()) kept.put(field, form.value(field));
    var id = form.value("draft").isEmpty() ? Ids.next() : number(form.value("draft"));
    var before = UnsentStore.one(db, me, id);
    var held = before == null ? List.<Long>of() : FormFiles.named(before.fields());
    db.transact(
        tx -> {
          if (!UnsentStore.save(tx, id, me, kept, null))
            throw new Problem.Forbidden("Too many drafts");
          files.keep(tx, me, held, FormFiles.named(kept));
        });
    Answers.redirect(ctx, "/drafts");
  }

  private void remove(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var draft = UnsentStore.one(db, me, number(ctx.pathParam("id")));
    if (draft != null) {
      UnsentStore.remove(db, me, draft.id());
      var banner = draft.fields().get("bannerId");
      if (banner != null) media.release(me, number(banner));
      db.transact(tx -> files.keep(tx, me, FormFiles.named(draft.fields()), List.of()));
    }
    Answers.redirect(ctx, "/drafts");
  }

  private void hold(RoutingContext ctx) {
    UnsentStore.hold(db, Visitor.of(ctx).required(), number(ctx.pathParam("id")));
    Answers.redirect(ctx, "/drafts");
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }
}
