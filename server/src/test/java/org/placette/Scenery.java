package org.placette;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.placette.actor.Actor;
import org.placette.event.Details;
import org.placette.event.Event;
import org.placette.event.NewEvent;
import org.placette.event.When;
import org.placette.group.Groups;
import org.placette.group.Theme;
import org.placette.post.Posts.NewPost;
import org.placette.post.Visibility;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.testing.Letterbox;
import org.placette.user.Users;

/** One of everything, all of it the owner's, and the five who ask for it: the ground of routes. */
final class Scenery implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");

  /** What only servers ask for. */
  private static final Pattern OBJECTS =
      Pattern.compile("^/[a-z]+/[^/]+/(context|replies|organizers|:collection)$|^/actor/:");

  private static final Pattern PARAMETER = Pattern.compile(":[a-z_]+");

  private final Neighbourhood here;
  private final List<Onlooker> viewers;
  private final Onlooker owner;

  /** What stands for the first parameter below a path; the longest beginning counts. */
  private final Map<String, String> things = new LinkedHashMap<>();

  /** The whole path of a route that has more than one parameter. */
  private final Map<String, String> paths = new LinkedHashMap<>();

  /** What a form brings along, by its route. */
  private final Map<String, String> fields = new LinkedHashMap<>();

  /**
   * @param letters what its letters go to
   */
  Scenery(Village village, Letterbox letters) {
    here = village.whole();
    owner = person("awa", "owner");
    var other = person("nour", "resident");
    var blocked = person("bruno", "resident");
    var moderator = person("maud", "resident");
    viewers =
        List.of(
            new Onlooker(here.settings.origin(), null, null, null),
            other,
            blocked,
            moderator,
            owner);
    var theirs = group("parents", Theme.Access.PRIVATE);
    var another = group("autres", Theme.Access.PUBLIC);
    here.db.transact(
        tx -> {
          here.follows.follow(tx, moderator.actor(), another);
          here.blocks.block(tx, owner.actor(), blocked.actor());
        });
    here.groups.appoint(owner.actor(), another, moderator.actor(), "moderator");
    posts();
    discussion();
    care();
    things.put("/groups/", theirs.username());
    things.put("/users/", "awa");
    things.put("/orgs/", "agenda");
    made();
    var doors = new Doors(village, letters, owner);
    things.putAll(doors.things());
    paths.putAll(doors.paths());
    // An app ends this one before the doors of the other are tried.
    paths.put("/api/placette/v1/events/:id", "/api/placette/v1/events/" + event().id());
    fields.putAll(doors.fields());
  }

  private Onlooker person(String name, String role) {
    var id = here.users.create(account(name, role)).actorId();
    var token = here.tokens.create(id, Set.of("read", "write", "follow", "push", "profile"));
    var actor = Objects.requireNonNull(here.actors.byId(id));
    return new Onlooker(here.settings.origin(), actor, token, null).signedIn(Village.PASSWORD);
  }

  private static Users.NewAccount account(String name, String role) {
    return new Users.NewAccount(name, null, name + "@a.example", Village.PASSWORD, role, "fr");
  }

  private Actor group(String name, Theme.Access access) {
    var wanted = new Groups.Wanted(name, null, "club", access, "", List.of());
    return here.groups.found(owner.actor(), name, wanted);
  }

  private void posts() {
    var secret =
        ask(
            "POST app /api/v1/statuses status=secret&visibility=direct&poll[options][]=a"
                + "&poll[options][]=b&poll[expires_in]=3600");
    things.put("/posts/", secret);
    things.put("/threads/", secret);
    var another = ask("POST app /api/v1/statuses status=secret&visibility=direct");
    things.put("/api/v1/statuses/", another);
    things.put("/api/v1/polls/", secret);
    here.posts.publish(
        viewers.get(1).actor(), NewPost.note("@awa bonjour", "fr").to(Visibility.DIRECT));
    var event = event();
    things.put("/events/", event.details().uuid().toString());
    things.put("/api/v1/pleroma/events/", String.valueOf(event.id()));
  }

  private Event event() {
    var start = ZonedDateTime.now(ZoneId.of("Europe/Paris")).plusDays(20).withNano(0);
    var details = Details.of(UUID.randomUUID(), When.of(start, start.plusHours(2)), null);
    return here.events.publish(owner.actor(), NewEvent.of("Bal", "Venez", "fr", details));
  }

  /** A discussion in an open group of the owner's, and another group to move it to. */
  private void discussion() {
    var garden = group("jardin", Theme.Access.PUBLIC);
    var kitchen = group("cuisine", Theme.Access.PUBLIC);
    var wanted = NewPost.note("Qui arrose ?", "fr").titled("Arrosage").in(garden);
    things.put("/threads/", String.valueOf(here.posts.publish(owner.actor(), wanted).id()));
    fields.put("POST /threads/:id/move", "group=" + kitchen.id());
    fields.put("POST /threads/:id/slow", "minutes=0");
    fields.put("POST /threads/:id/answer", "post=0");
  }

  /** A report by one resident about another, a measure, a notice. */
  private void care() {
    var about = viewers.get(2).actorId();
    var filed = viewers.get(1).ask("POST app /api/v1/reports account_id=" + about + "&comment=Non");
    var report = ID.matcher(filed);
    if (!report.find()) throw new IllegalStateException(filed);
    things.put("/admin/reports/", report.group(1));
    fields.put("GET /report", "actor=" + about);
    fields.put("POST /report", "actor=" + about + "&category=spam");
    fields.put("POST /admin/reports/:id/note", "note=vu");
    fields.put("POST /admin/reports/:id/dismiss", "why=rien");
    var warn = "target=" + about + "&action=warn&reason=la+charte";
    fields.put("POST /admin/measures", warn);
    var limit = warn.replace("warn", "limit");
    var unused = owner.ask("POST page /admin/measures " + limit);
    Long measure = here.db.one("select max(id) from measure", row -> row.getLong(0));
    things.put("/admin/measures/", String.valueOf(measure));
    fields.put("POST /admin/measures/:id/lift", "why=assez");
    var rose = here.users.create(account("rose", "resident")).actorId();
    fields.put("POST /admin/people/trust", "person=" + about + "&who=bruno");
    fields.put("POST /admin/roles/take", "person=" + rose + "&role=keeper");
    here.db.transact(tx -> Roles.grant(tx, rose, null, Role.KEEPER, null));
  }

  private void made() {
    things.put("/api/v1/accounts/", String.valueOf(owner.actorId()));
    things.put("/api/v1/lists/", ask("POST app /api/v1/lists title=Amis"));
    var filter = ask("POST app /api/v2/filters title=Foot&context[]=home");
    things.put("/api/v2/filters/", filter);
    var word = ask("POST app /api/v2/filters/" + filter + "/keywords keyword=foot");
    things.put("/api/v2/filters/keywords/", word);
    things.put("/api/v1/filters/", word);
    var post = things.get("/posts/");
    things.put(
        "/api/v2/filters/statuses/",
        ask("POST app /api/v2/filters/" + filter + "/statuses status_id=" + post));
    things.put("/api/v1/featured_tags/", ask("POST app /api/v1/featured_tags name=lavoir"));
    var later = Instant.now().plusSeconds(86_400);
    things.put(
        "/api/v1/scheduled_statuses/",
        ask("POST app /api/v1/statuses status=demain&scheduled_at=" + later));
    things.put("/api/v1/conversations/", ask("GET app /api/v1/conversations"));
    things.put("/api/v1/notifications/", ask("GET app /api/v1/notifications"));
    var notice = ask("POST app /api/placette/v1/announcements text=Coupure");
    things.put("/admin/notices/", ask("POST app /api/placette/v1/announcements text=Fete"));
    things.put("/api/v1/announcements/", notice);
    things.put("/api/placette/v1/announcements/", notice);
    things.put("/api/v1/media/", String.valueOf(picture()));
    things.put("/settings/data/lists/", "lists.csv");
    var place = Pattern.compile("/places/(\\d+)");
    var made = place.matcher(owner.ask("POST page /places name=Lavoir"));
    if (!made.find()) throw new IllegalStateException("no place");
    things.put("/places/", made.group(1));
    things.put("/nodeinfo/", "2.1");
    things.put("/api/v1/tags/", "marche");
    things.put("/api/v1/timelines/tag/", "marche");
    things.put("/api/v1/timelines/list/", Objects.requireNonNull(things.get("/api/v1/lists/")));
  }

  private long picture() {
    try {
      var file = Files.createTempFile("matrix", ".png");
      ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
      var stored = here.media.store(owner.actorId(), file, null, null);
      Files.deleteIfExists(file);
      return stored.id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first id in what the owner is answered. */
  private String ask(String line) {
    var answer = owner.ask(line);
    var id = ID.matcher(answer);
    if (!id.find()) throw new IllegalStateException(line + ": " + answer);
    return id.group(1);
  }

  /** Anonymous, other resident, blocked, moderator of another group, owner. */
  List<Onlooker> viewers() {
    return viewers;
  }

  /** The request for a route, as an {@link Onlooker} sends it. */
  String line(String route) {
    var words = route.split(" ", 2);
    var path = paths.getOrDefault(words[1], words[1]);
    var best = "";
    for (var begin : things.keySet())
      if (path.startsWith(begin + ":") && begin.length() > best.length()) best = begin;
    if (!best.isEmpty()) {
      var rest = path.substring(best.length());
      var end = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
      path = best + things.get(best) + rest.substring(end);
    }
    var object = OBJECTS.matcher(path).find();
    path = path.replace(":collection", "outbox");
    path = PARAMETER.matcher(path).replaceAll("1");
    var client = path.startsWith("/api/") || path.startsWith("/oauth/") ? "app" : "page";
    if (object && client.equals("page")) client = "object";
    var along = fields.getOrDefault(route, "");
    if (words[0].equals("GET"))
      return "GET " + client + " " + path + (along.isEmpty() ? "" : "?" + along);
    return words[0] + " " + client + " " + path + (along.isEmpty() ? "" : " " + along);
  }

  @Override
  public void close() {
    viewers.forEach(Onlooker::close);
  }
}
