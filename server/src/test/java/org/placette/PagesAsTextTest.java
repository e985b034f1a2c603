package org.placette;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.demo.Cast;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.testing.PgExtension;
import org.placette.testing.Ports;
import org.placette.testing.Walker;

/**
 * The pages of the demo village as a screen reader or a text browser has them: everything in the
 * order of the source. The texts are kept in {@code target/text}.
 */
@ExtendWith(PgExtension.class)
class PagesAsTextTest {

  private static final List<String> FOR_STRANGERS =
      List.of("/", "/events", "/posts", "/groups", "/about", "/people", "/signup", "/sign-in");

  private static final List<String> FOR_RESIDENTS =
      List.of(
          "/",
          "/home",
          "/me",
          "/notifications",
          "/compose/event",
          "/compose/note",
          "/settings/notifications",
          "/admin",
          "/admin/reports");

  @Test
  void pages_read_in_order_with_one_title_named_links_and_labelled_fields(Db db, @TempDir Path data)
      throws IOException {
    var vertx = Vertx.vertx();
    var settings = Settings.local(Ports.free(), data);
    List<String> found = new ArrayList<>();
    try (var village = new Neighbourhood(vertx, db, settings, Resolver.system());
        var stranger = new Walker(settings.origin());
        var nour = new Walker(settings.origin())) {
      Main.fill(village);
      village.serve();
      for (var path : FOR_STRANGERS) read(stranger, path, found);
      var events = stranger.get("/events").html().select(".event h3 a");
      read(stranger, String.valueOf(events.attr("href")), found);
      var unused = nour.as(Cast.NOUR, Cast.PASSWORD);
      for (var path : FOR_RESIDENTS) read(nour, path, found);
    } finally {
      vertx.close().await();
    }
    assertEquals(List.of(), found);
  }

  private static void read(Walker who, String path, List<String> found) throws IOException {
    var page = who.get(path);
    if (page.status() != 200) found.add(path + " answers " + page.status());
    var html = page.html();
    keep(path, html);
    for (var wrong : List.of(order(html), headings(html), links(html), fields(html)))
      for (var one : wrong) found.add(path + ": " + one);
  }

  /** What comes first, one line for each. */
  private static List<String> order(Document html) {
    var skip = html.body().child(0);
    var steps = html.select("a.skip, header .name, header nav, main h1");
    var order =
        String.join(" ", steps.eachAttr("class"))
            + " "
            + Objects.requireNonNull(steps.last()).tagName();
    List<String> wrong = new ArrayList<>();
    if (!skip.is("a.skip[href=#main]")) wrong.add("does not begin with the way to its content");
    if (steps.size() != 4 || !steps.get(2).is("nav") || !steps.get(3).is("h1"))
      wrong.add("not skip, name, navigation and one title, but " + order);
    if (html.select("html").attr("lang").isEmpty()) wrong.add("says no language");
    return wrong;
  }

  private static List<String> headings(Document html) {
    List<String> wrong = new ArrayList<>();
    var level = 0;
    for (var heading : html.select("h1, h2, h3, h4, h5, h6")) {
      var next = heading.tagName().charAt(1) - '0';
      if (next > level + 1) wrong.add(heading.tagName() + " after h" + level + ": " + heading);
      if (heading.text().isBlank()) wrong.add("a heading without words");
      level = next;
    }
    return wrong;
  }

  private static List<String> links(Document html) {
    return html.select("a, button, summary").stream()
        .filter(one -> name(one).isBlank())
        .map(one -> "says nothing: " + one.outerHtml())
        .toList();
  }

  private static String name(Element one) {
    var spoken = one.clone();
    spoken.select("[aria-hidden=true]").remove();
    return spoken.text()
        + one.attr("aria-label")
        + String.join("", one.select("img").eachAttr("alt"));
  }

  private static List<String> fields(Document html) {
    return html.select("input:not([type=hidden]), select, textarea").stream()
        .filter(field -> label(html, field).isBlank())
        .map(field -> "without a label: " + field.outerHtml())
        .toList();
  }

  private static String label(Document html, Element field) {
    var around = field.closest("label");
    if (around != null) return around.text();
    return field.attr("aria-label") + html.select("label[for=\"" + field.id() + "\"]").text();
  }

  private static void keep(String path, Document html) throws IOException {
    var folder = Files.createDirectories(Path.of("target", "text"));
    var name = path.equals("/") ? "home" : path.substring(1).replace('/', '-');
    Files.writeString(
        folder.resolve(name + ".txt"), html.body().wholeText().replaceAll("\\s*\n\\s*", "\n"));
  }
}
