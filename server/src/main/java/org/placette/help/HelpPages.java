package org.placette.help;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.placette.text.OwnText;
import org.placette.web.Language;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;

/** {@code /help}: a guide for residents, one for animators, one for admins, in both languages. */
public final class HelpPages implements Routes {

  /** The guides, in the order in which they are offered. */
  public static final List<String> GUIDES = List.of("resident", "animator", "admin");

  private static final Map<String, String> READ = new ConcurrentHashMap<>();

  private final Pages pages;

  public HelpPages(Pages pages) {
    this.pages = pages;
  }

  /**
   * A guide, with links to the others.
   *
   * @param html of our own, whole
   */
  public record Page(String guide, String html) {

    public List<String> guides() {
      return GUIDES;
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/help", ctx -> show(ctx, GUIDES.getFirst()));
    Pages.get(router, "/help/:guide", ctx -> show(ctx, ctx.pathParam("guide")));
  }

  private void show(RoutingContext ctx, String guide) {
    if (!GUIDES.contains(guide)) throw new Problem.NotFound();
    var view = pages.view(ctx);
    pages.show(ctx, view, "help/guide.jte", new Page(guide, html(view.language(), guide)));
  }

  /** A guide as HTML. */
  static String html(Language language, String guide) {
    return READ.computeIfAbsent(
        language.code() + "/" + guide, name -> OwnText.html(markdown(language, guide)));
  }

  /** A guide as it was written. */
  static String markdown(Language language, String guide) {
    var name = "/help/" + language.code() + "/" + guide + ".md";
    try (var in = Objects.requireNonNull(HelpPages.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
