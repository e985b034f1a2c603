package org.placette;

import java.util.List;
import org.placette.audit.AuditPages;
import org.placette.care.AdminPages;
import org.placette.role.RolePages;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of what keeps the place kind: roles, reports, measures, limits, and their log. */
final class CareFeature implements Feature {

  private final Neighbourhood here;

  CareFeature(Neighbourhood here) {
    this.here = here;
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(
        new AdminPages(here.db, pages),
        new AuditPages(here.db, pages),
        new RolePages(here.actors, here.roles, pages));
  }
}
