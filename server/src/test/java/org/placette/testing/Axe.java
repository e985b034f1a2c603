package org.placette.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * axe-core in a page, asked for what is serious alone. Its own driver tests each page by all rules,
 * and opens another page to put the answers together, which takes three times as long.
 */
public final class Axe {

  /** What WCAG 2.2 AA asks for, and what axe-core counts as serious besides. */
  private static final String SERIOUS =
      """
      async (colours) => {
        const rules = ['color-contrast', 'link-in-text-block', 'html-has-lang', 'html-lang-valid'];
        const done = await axe.run(document, { resultTypes: ['violations'], iframes: false,
          ...(colours && { runOnly: { type: 'rule', values: rules } }) });
        return done.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
          .map((one) => one.id + ' ' + one.nodes[0].html);
      }
      """;

  private static final String SOURCE = source();

  private Axe() {}

  private static String source() {
    var loader = Axe.class.getClassLoader();
    try (var in = Objects.requireNonNull(loader.getResourceAsStream("axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is serious or critical in a page, each with the first place where it is. The page's own
   * policy must not forbid the script.
   *
   * @param coloursAlone asks only for what another language or another scheme may change
   */
  @SuppressWarnings("unchecked")
  public static List<String> serious(Page page, boolean coloursAlone) {
    page.evaluate(SOURCE);
    return (List<String>) page.evaluate(SERIOUS, coloursAlone);
  }
}
