package org.placette.care;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.placette.db.Db;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The page from which everything is reached that somebody's roles include. */
public final class AdminPages implements Routes {

  private final Db db;
  private final Pages pages;

  public AdminPages(Db db, Pages pages) {
    this.db = db;
    this.pages = pages;
  }

  /**
   * A page that the viewer may open.
   *
   * @param key of the messages {@code admin.key} and {@code admin.key.lead}
   * @param waiting how many wait there
   */
  public record Door(String key, String path, long waiting) {}

  /**
   * Doors that belong together.
   *
   * @param key of the message {@code admin.room.key}
   */
  public record Room(String key, List<Door> doors) {}

  /** All that the viewer may open. */
  public record Hub(List<Room> rooms) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, "/admin", this::show);
  }

  private void show(RoutingContext ctx) {
    var visitor = Visitor.of(ctx);
    var unused = visitor.required();
    var rooms =
        Stream.of(
                new Room("welcome", welcome(visitor)),
                new Room("care", care(visitor)),
                new Room("village", village(visitor)),
                new Room("neighbours", neighbours(visitor)),
                new Room("server", server(visitor)))
            .filter(room -> !room.doors().isEmpty())
            .toList();
    if (rooms.isEmpty()) throw new Problem.Forbidden("Your role here does not include this");
    pages.show(ctx, "care/hub.jte", new Hub(rooms));
  }

  private List<Door> welcome(Visitor visitor) {
    List<Door> doors = new ArrayList<>();
    if (visitor.may(Permission.ADMIT))
      doors.add(new Door("signups", "/admin/signups", HubStore.waiting(db)));
    add(doors, visitor, Permission.INVITE, "invites", "/admin/invites");
    add(doors, visitor, Permission.ROLES, "roles", "/admin/roles");
    return doors;
  }

  private List<Door> care(Visitor visitor) {
    List<Door> doors = new ArrayList<>();
    if (visitor.may(Permission.MODERATE)) {
      var waits = HubStore.care(db);
      doors.add(new Door("reports", "/admin/reports", waits.reports()));
      doors.add(new Door("appeals", "/admin/measures", waits.appeals()));
      doors.add(new Door("proposals", "/admin/measures?which=proposals", waits.proposals()));
      doors.add(new Door("people", "/admin/people", 0));
    }
    add(doors, visitor, Permission.CARE, "care", "/admin/care");
    add(doors, visitor, Permission.AUDIT, "log", "/admin/log");
    return doors;
  }

  private static List<Door> village(Visitor visitor) {
    List<Door> doors = new ArrayList<>();
    add(doors, visitor, Permission.SETTINGS, "instance", "/admin/instance");
    add(doors, visitor, Permission.SETTINGS, "emoji", "/admin/emoji");
    add(doors, visitor, Permission.CHARTER, "charter", "/admin/charter");
    add(doors, visitor, Permission.NOTICES, "notices", "/admin/notices");
    add(doors, visitor, Permission.PLACES, "places", "/places");
    return doors;
  }

  private List<Door> neighbours(Visitor visitor) {
    List<Door> doors = new ArrayList<>();
    if (visitor.may(Permission.DOMAINS))
      doors.add(new Door("neighbours", "/admin/neighbours", HubStore.asking(db)));
    add(doors, visitor, Permission.SETTINGS, "ring", "/admin/ring");
    add(doors, visitor, Permission.DOMAINS, "domains", "/admin/domains");
    return doors;
  }

  private static List<Door> server(Visitor visitor) {
    List<Door> doors = new ArrayList<>();
    for (var door : List.of("deliveries", "doctor", "storage", "numbers"))
      add(doors, visitor, Permission.SETTINGS, door, "/admin/" + door);
    return doors;
  }

  private static void add(
      List<Door> doors, Visitor visitor, Permission needed, String key, String path) {
    if (visitor.may(needed)) doors.add(new Door(key, path, 0));
  }
}
