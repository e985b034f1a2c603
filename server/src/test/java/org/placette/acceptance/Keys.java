package org.placette.acceptance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** A keyboard and no mouse: whoever uses it sees at each step where they are. */
final class Keys {

  /** More stops than any page has. */
  private static final int MOST = 200;

  /** What is wrong with the place where the keyboard is now; "" for nothing. */
  private static final String LOST =
      """
      () => {
        const at = document.activeElement;
        if (!at || at === document.body) return '';
        const style = getComputedStyle(at), box = at.getBoundingClientRect();
        const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
          || style.boxShadow !== 'none';
        const shown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
          && box.top < innerHeight && box.left < innerWidth;
        return marked && shown ? '' : (marked ? 'out of sight: ' : 'not marked: ') + at.outerHTML;
      }
      """;

  private final Page page;

  Keys(Page page) {
    this.page = page;
  }

  /** Goes from stop to stop until this one, from the top of the page if need be. */
  void reach(Locator target) {
    reach(target, "(e) => e === document.activeElement");
  }

  private void reach(Locator target, String there) {
    target.waitFor();
    var element = target.elementHandle();
    for (var stops = 0; stops < MOST; stops++) {
      if (Boolean.TRUE.equals(element.evaluate(there))) return;
      page.keyboard().press("Tab");
      var lost = (String) page.evaluate(LOST);
      if (!lost.isEmpty()) throw new AssertionError("focus at " + page.url() + " " + lost);
    }
    throw new AssertionError("no keyboard reaches " + target + " at " + page.url());
  }

  void press(Locator target, String key) {
    reach(target);
    page.keyboard().press(key);
  }

  void write(Locator box, String text) {
    reach(box);
    var type = String.valueOf(box.getAttribute("type"));
    if (type.equals("date") || type.equals("time")) {
      dial(box, text);
    } else {
      page.keyboard().press("Control+a");
      page.keyboard().type(text);
    }
  }

  /** Dates and times are typed in the order in which the browser shows their parts. */
  private void dial(Locator box, String value) {
    var parts = value.split("[-:]");
    var orders =
        parts.length == 3
            ? new String[] {
              parts[1] + parts[2] + parts[0], parts[2] + parts[1] + parts[0], String.join("", parts)
            }
            : new String[] {parts[0] + parts[1], twelve(parts)};
    for (var order : orders) {
      box.evaluate("(e) => { e.blur(); e.focus(); }");
      page.keyboard().type(order);
      if (value.equals(box.inputValue())) return;
    }
    throw new AssertionError(value + " cannot be typed: " + box.inputValue());
  }

  private static String twelve(String[] parts) {
    var hour = Integer.parseInt(parts[0]);
    return "%02d%s%s".formatted((hour + 11) % 12 + 1, parts[1], hour < 12 ? "AM" : "PM");
  }

  /** Goes down a list to a value. */
  void choose(Locator list, String value) {
    reach(list);
    page.keyboard().press("Home");
    for (var steps = 0; steps < MOST && !value.equals(list.inputValue()); steps++)
      page.keyboard().press("ArrowDown");
    if (!value.equals(list.inputValue())) throw new AssertionError("no " + value + " in a list");
  }

  /** Among round buttons only one is a stop; arrows go to the others. */
  void pick(String name, Locator button) {
    reach(button, "(e) => document.activeElement.name === e.name");
    for (var steps = 0; steps < MOST && !button.isChecked(); steps++)
      page.keyboard().press(steps == 0 ? "Space" : "ArrowDown");
    if (!button.isChecked()) throw new AssertionError("no keyboard picks " + name);
  }
}
