package org.placette.instance;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.placette.web.Pages;
import org.placette.web.QrCode;
import org.placette.web.Routes;

/** How to use the place on a phone: as an installed page, or with an app. */
public final class PhonePages implements Routes {

  private static final List<App> APPS =
      List.of(
          new App("Tusky", "Android", "https://tusky.app/"),
          new App("Fedilab", "Android", "https://fedilab.app/"),
          new App("Mastodon", "Android, iPhone", "https://joinmastodon.org/apps"),
          new App("Ice Cubes", "iPhone, iPad, Mac", "https://github.com/Dimillian/IceCubesApp"),
          new App("Phanpy", "Web", "https://phanpy.social/"),
          new App("Elk", "Web", "https://elk.zone/"));

  private final Pages pages;

  public PhonePages(Pages pages) {
    this.pages = pages;
  }

  /** An app that this server was tried with, or whose calls it answers. */
  public record App(String name, String systems, String site) {}

  /**
   * The page.
   *
   * @param host what is typed into an app
   * @param code leads to this server
   */
  public record Page(String host, QrCode code, List<App> apps) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/phone", this::show);
  }

  private void show(RoutingContext ctx) {
    var view = pages.view(ctx);
    var origin = view.place().origin();
    var page =
        new Page(origin.substring(origin.indexOf("://") + 3), QrCode.of(origin + "/phone"), APPS);
    pages.show(ctx, view, "instance/phone.jte", page);
  }
}
