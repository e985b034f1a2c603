package org.placette.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.placette.testing.Eventually;
import org.placette.web.Messages;

/**
 * Somebody at the pages with a browser, in the verbs of who tells a story: texts are named by their
 * message, fields by their name. What the person sees is kept as pictures, one for each {@link
 * #see}, in {@code target/screenshots}.
 */
final class Walk implements AutoCloseable {

  /** A machine may be busy; who waits in vain is told after this long, in milliseconds. */
  private static final double PATIENCE = 120_000;

  private final String origin;
  private final Way way;
  private final Path pictures;
  private final Messages words;
  private final BrowserContext context;
  private final Page page;
  private int step;

  Walk(Browser browser, String origin, Way way, String story) {
    this.origin = origin;
    this.way = way;
    pictures = Path.of("target", "screenshots", story, way.word());
    words = Messages.of(way.language());
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale(way.language().locale().toLanguageTag())
                .setColorScheme(way.scheme())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(way.width(), way.width() < 700 ? 740 : 800)
                .setJavaScriptEnabled(way.script()));
    context.setDefaultTimeout(PATIENCE);
    page = context.newPage();
  }

  /** A text as this person reads it. */
  String say(String key, Object... arguments) {
    return words.text(key, arguments);
  }

  /** Goes to an address that somebody gave them. */
  Walk open(String path) {
    page.navigate(path.startsWith("http") ? path : origin + path);
    return this;
  }

  /** Writes into a field, in place of what stood there. */
  Walk write(String field, String text) {
    var box = field(field);
    if (way.keys()) new Keys(page).write(box, text);
    else box.fill(text);
    return this;
  }

  /** Chooses from a list, or among round buttons. */
  Walk choose(String field, String value) {
    var list = page.locator("main select[name='" + field + "']");
    var button = page.locator("main input[name='" + field + "'][value='" + value + "']");
    list.or(button).first().waitFor();
    if (list.count() > 0) {
      if (way.keys()) new Keys(page).choose(list, value);
      else list.selectOption(value);
    } else if (way.keys()) {
      new Keys(page).pick(field, button);
    } else {
      button.check();
    }
    return this;
  }

  /** Ticks a box, unless it is ticked. */
  Walk tick(String field) {
    var box = field(field);
    box.waitFor();
    if (box.isChecked()) return this;
    if (way.keys()) new Keys(page).press(box, "Space");
    else box.check();
    return this;
  }

  private Locator field(String name) {
    return page.locator("main [name='" + name + "']");
  }

  /** Opens what is folded. */
  Walk unfold(String key) {
    var fold =
        page.locator("main summary")
            .filter(new Locator.FilterOptions().setHasText(starting(say(key))));
    if (way.keys()) new Keys(page).press(fold, "Enter");
    else fold.click();
    return this;
  }

  /** Follows a link or presses a button that says this, and waits for the next page. */
  Walk press(String key, Object... values) {
    return pressNamed(say(key, values));
  }

  /** Likewise, with a text that somebody wrote. */
  Walk pressNamed(String text) {
    var target = named(text);
    if (way.keys()) {
      var keys = new Keys(page);
      keys.reach(target);
      page.waitForNavigation(() -> page.keyboard().press("Enter"));
    } else {
      page.waitForNavigation(target::click);
    }
    return this;
  }

  /** What stands in the page itself goes before what stands on every page. */
  private Locator named(String text) {
    for (var part : new String[] {"main", "header", "footer"}) {
      var all = page.locator(part);
      var options = new Locator.GetByRoleOptions().setName(starting(text));
      var found = all.getByRole(AriaRole.LINK, options).or(all.getByRole(AriaRole.BUTTON, options));
      if (found.count() > 0) return found.first();
    }
    throw new AssertionError("nobody can press “" + text + "” at " + page.url());
  }

  /** The browser reads this expression, so it is one of JavaScript's. */
  private static Pattern starting(String text) {
    var quoted =
        text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0").replaceAll("\\s|\u00a0", "\\\\s");
    return Pattern.compile("^\\s*" + quoted + "(?![A-Za-zÀ-ÿ])");
  }

  /** Sees a text of ours, and keeps a picture. */
  Walk see(String key, Object... arguments) {
    return seeNamed(say(key, arguments));
  }

  /** Sees a text that somebody wrote, and keeps a picture. */
  Walk seeNamed(String text) {
    assertThat(page.locator("body"))
        .containsText(text, new ContainsTextOptions().setTimeout(PATIENCE));
    step++;
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(pictures.resolve("%02d.png".formatted(step)))
            .setFullPage(true));
    var wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
    if (wide > way.width()) throw new AssertionError(page.url() + " is " + wide + " wide");
    return this;
  }

  /** Comes back to a page until it says something. */
  Walk await(String path, String key) throws Exception {
    Eventually.holds(say(key) + " at " + path, () -> open(path).shows(say(key)));
    return see(key);
  }

  private boolean shows(String text) {
    return page.locator("main").textContent().contains(text);
  }

  /** Where they are, without the origin. */
  String path() {
    return page.url().substring(origin.length());
  }

  @Override
  public void close() {
    context.close();
  }
}
