package org.placette.user;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.actor.Byline;
import org.placette.actor.Profile;
import org.placette.db.Db;
import org.placette.media.FileKind;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.text.Html;
import org.placette.text.Markdown;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Uploads;
import org.placette.web.Visitor;

/** Where people say who they are: name, words, face and banner. */
public final class ProfilePages implements Routes {

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_WORDS = 2000;

  private final Db db;
  private final Actors actors;
  private final Media media;
  private final Pages pages;
  private final LongConsumer changed;

  /**
   * @param changed tells other servers of an actor that has changed
   */
  public ProfilePages(
      Db db, Actors actors, Media media, Pages pages, LongConsumer changed) {
    this.db = db;
    this.actors = actors;
    this.media = media;
    this.pages = pages;
    this.changed = changed;
  }

  /** What the page shows. */
  public record Page(Form form, @Nullable String avatar, @Nullable String header) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/profile", this::ask);
    router.post("/profile").handler(this::save);
  }

  private Actor person(RoutingContext ctx) {
    var actor = actors.byId(Visitor.of(ctx).required());
    if (actor == null) throw new Problem.Unauthorized("Sign in first");
    return actor;
  }

  private void ask(RoutingContext ctx) {
    var now = person(ctx);
    var words = now.summary() == null ? "" : Markdown.of(now.summary());
    show(ctx, Form.empty().with("displayName", now.name()).with("aboutMe", words), now);
  }

  private void show(RoutingContext ctx, Form form, Actor now) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var view = pages.view(ctx);
    var page = new Page(form, view.picture(now.icon()), view.picture(now.image()));
    pages.show(ctx, view, "user/profile.jte", page);
  }

  private void save(RoutingContext ctx) {
    var now = person(ctx);
    var form = Form.of(ctx);
    var name = form.upTo("displayName", LONGEST_NAME);
    var words = form.upTo("aboutMe", LONGEST_WORDS);
    var avatar = form.ok() ? picture(ctx, form, now, "avatar") : null;
    var header = form.ok() ? picture(ctx, form, now, "header") : null;
    if (!form.ok()) {
      show(ctx, form, now);
      return;
    }
    var icon = address(form, "noAvatar", avatar, now.icon());
    var image = address(form, "noHeader", header, now.image());
    var before = Profile.of(now);
    var profile =
        new Profile(
            name,
            words == null ? null : Html.compose(words),
            icon,
            image,
            before.fields(),
            before.manuallyApprovesFollowers(),
            before.discoverable(),
            before.indexable());
    db.transact(
        tx -> {
          if (avatar != null) media.keep(tx, avatar, true);
          if (header != null) media.keep(tx, header, true);
          if (icon == null || avatar != null) media.free(tx, now.icon());
          if (image == null || header != null) media.free(tx, now.image());
          actors.updateProfile(tx, now, profile);
        });
    changed.accept(now.id());
    Answers.redirect(ctx, Byline.of(now).path());
  }

  private @Nullable String address(
      Form form, String none, @Nullable StoredMedia fresh, @Nullable String before) {
    if (fresh != null) return media.original(fresh);
    return form.optional(none) == null ? before : null;
  }

  /** The picture that came under a name; null when none did, or when it is refused. */
  private @Nullable StoredMedia picture(RoutingContext ctx, Form form, Actor now, String field) {
    var file = Uploads.file(ctx, field);
    if (file == null) return null;
    try {
      var stored = media.store(now.id(), file, null, null);
      if (stored.kind().family() == FileKind.Family.IMAGE) return stored;
      form.wrong(field, "error.fileBroken");
    } catch (Problem.Invalid refusal) {
      form.wrong(field, refusal.fields().getOrDefault("file", "error.fileBroken"));
    } catch (Problem.TooLarge refusal) {
      form.wrong(field, "error.fileLarge");
    }
    return null;
  }
}
