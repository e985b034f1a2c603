package org.placette.moderation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where those who moderate read what the ring's neighbours limit, and decide for themselves. */
public final class RingNotePages implements Routes {

  private final RingNotes notes;
  private final DomainPolicy domains;
  private final Pages pages;

  public RingNotePages(RingNotes notes, DomainPolicy domains, Pages pages) {
    this.notes = notes;
    this.domains = domains;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param limited the domains that are limited here already
   */
  public record Page(List<RingNotes.Told> told, Set<String> limited) {

    public Page {
      told = List.copyOf(told);
      limited = Set.copyOf(limited);
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin/domains/neighbours", this::show);
  }

  private void show(RoutingContext ctx) {
    var unused = Visitor.of(ctx).require(Permission.DOMAINS);
    var limited = domains.list().stream().map(DomainLimit::domain).collect(Collectors.toSet());
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, "moderation/neighbours.jte", new Page(notes.told(), limited));
  }
}
