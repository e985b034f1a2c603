package org.placette.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's own Chromium, driven by Playwright; nothing is downloaded. It is started once in a
 * run, because that takes seconds, and used by one test class after the other.
 */
public final class Chromium implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /** The build repeats what stands in it among its last lines. */
  private static final Path SKIPPED = Path.of("target", "no-browser");

  private static @Nullable Browser running;

  private final Browser browser;

  private Chromium(Browser browser) {
    this.browser = browser;
  }

  /** Where there is none the calling tests are skipped, and the build says so. */
  public static Chromium open() throws IOException {
    Files.deleteIfExists(SKIPPED);
    if (!Files.isExecutable(PROGRAM)) {
      Files.writeString(SKIPPED, "Browser tests were skipped: there is no " + PROGRAM + ".\n");
      Assumptions.abort("there is no " + PROGRAM);
    }
    var browser = running;
    if (browser == null || !browser.isConnected()) {
      browser = start();
      running = browser;
    }
    return new Chromium(browser);
  }

  private static Browser start() {
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options =
        new LaunchOptions()
            .setExecutablePath(PROGRAM)
            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic"));
    // Five seconds, unless told otherwise: too few on a machine that has much else to do.
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    return playwright.chromium().launch(options);
  }

  public Browser browser() {
    return browser;
  }

  /** Closes every page; what was kept for them is forgotten. */
  @Override
  public void close() {
    for (var context : List.copyOf(browser.contexts())) context.close();
  }
}
