package org.placette.emoji;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Uploads;
import org.placette.web.Visitor;

/** Where admins add custom emoji and take them away. */
public final class EmojiPages implements Routes {

  private static final String HOME = "/admin/emoji";

  private final Emojis emojis;
  private final Pages pages;

  public EmojiPages(Emojis emojis, Pages pages) {
    this.emojis = emojis;
    this.pages = pages;
  }

  /** The list and the form below it. */
  public record Page(List<Emoji> all, Form form) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, HOME, ctx -> show(ctx, Form.empty()));
    router.post(HOME).handler(this::add);
    router.post(HOME + "/:code/delete").handler(this::remove);
  }

  private void show(RoutingContext ctx, Form form) {
    var unused = Visitor.of(ctx).require(Permission.SETTINGS);
    if (!form.ok()) ctx.response().setStatusCode(422);
    pages.show(ctx, "emoji/emoji.jte", new Page(emojis.all(), form));
  }

  private void add(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.SETTINGS);
    var form = Form.of(ctx);
    var typed = form.required("code", 40);
    var code = typed.replace(":", "").strip().toLowerCase(Locale.ROOT);
    // Figures alone would be found in hours: 10:30:45.
    if (form.ok() && !code.matches("(?=.*[a-z])[a-z0-9_]{2,30}"))
      form.wrong("code", "error.emojiCode");
    var file = Uploads.file(ctx, "picture");
    if (file == null) form.wrong("picture", "error.required");
    else if (size(file) > Emojis.LARGEST) form.wrong("picture", "error.emojiLarge");
    if (form.ok() && file != null) {
      var wrong = added(me, code, file);
      if (wrong == null) {
        Answers.redirect(ctx, HOME);
        return;
      }
      form.wrong(wrong.startsWith("error.taken") ? "code" : "picture", wrong);
    }
    show(ctx, form);
  }

  /** What is wrong with it; null once it is added. */
  private @Nullable String added(long by, String code, Path file) {
    try {
      emojis.add(by, code, file);
      return null;
    } catch (Problem.Conflict refusal) {
      return "error.taken";
    } catch (Problem.Invalid refusal) {
      return refusal.fields().getOrDefault("file", "error.fileBroken");
    } catch (Problem.TooLarge refusal) {
      return "error.emojiLarge";
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(RoutingContext ctx) {
    var me = Visitor.of(ctx).require(Permission.SETTINGS);
    emojis.remove(me, ctx.pathParam("code"));
    Answers.redirect(ctx, HOME);
  }
}
