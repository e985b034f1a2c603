package org.placette;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.placette.cli.Placette;
import org.placette.cli.Platform;
import org.placette.cli.Services;
import org.placette.config.StartFailure;
import org.placette.demo.Cast;
import org.placette.demo.Demo;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.oauth.Tokens;
import org.placette.place.Places;
import org.placette.user.Users;
import org.placette.web.Problem;
import org.placette.web.Secrets;

/** The commands' way to the features. */
public final class Main implements Services {

  private static final Map<String, String> WORDS =
      Map.of(
          "error.username", "the username may have 1 to 30 of a to z, 0 to 9 and _",
          "error.username.taken", "the username is taken",
          "error.email", "the e-mail address is not one",
          "error.email.taken", "the e-mail address belongs to another account",
          "error.password", "the password must have 10 to 200 characters",
          "error.role", "there is no such role");

  private final Platform platform;
  private final Neighbourhood neighbourhood;

  private Main(Platform platform) {
    this.platform = platform;
    neighbourhood =
        new Neighbourhood(platform.vertx(), platform.db(), platform.settings(), Resolver.system());
    platform.onClose(neighbourhood);
  }

  public static void main(String[] args) {
    System.exit(Placette.execute(Main::new, args));
  }

  @Override
  public Serving serve(boolean demo) {
    if (demo) fill(neighbourhood);
    neighbourhood.serve();
    return new Serving(platform.settings().origin(), neighbourhood.setup.link());
  }

  /** Fills an empty server with a believable village. */
  static void fill(Neighbourhood here) {
    var parts =
        new Demo.Parts(
            here.db,
            here.actors,
            here.instance,
            here.users,
            here.follows,
            here.posts,
            here.reactions,
            here.events,
            new Places(here.db),
            here.groups);
    // Plain http is a loopback host: elsewhere strangers would read the password in the sources.
    var password = here.settings.scheme().equals("http") ? Cast.PASSWORD : Secrets.random();
    if (new Demo(parts, password).fill()) {
      System.out.printf(
          "The village %s is there. Sign in as %s with the password %s.%n",
          Cast.VILLAGE, Cast.NOUR, password);
    }
  }

  @Override
  public void createAccount(String username, String email, String role, String password) {
    try {
      var unused =
          neighbourhood.users.create(
              new Users.NewAccount(
                  username, null, email, password, role, platform.settings().locale()));
    } catch (Problem.Invalid e) {
      var why = e.fields().values().stream().map(key -> WORDS.getOrDefault(key, key));
      throw new StartFailure("No account: " + why.collect(Collectors.joining(", ")) + ".");
    }
  }

  @Override
  public String deleteAccount(String username) {
    try {
      neighbourhood.features.farewell().leave(username);
      return "Account %s is no more; its name stays taken.".formatted(username);
    } catch (Problem.NotFound e) {
      throw new StartFailure("There is no account %s.".formatted(username));
    } catch (Problem.Conflict e) {
      throw new StartFailure("%s is the last owner. ".formatted(username) + e.message() + ".");
    }
  }

  @Override
  public String createToken(String username, Set<String> scopes) {
    var account = neighbourhood.users.byLogin(username);
    if (account == null)
      throw new StartFailure(
          "There is no account %s. placette account create makes one.".formatted(username));
    for (var scope : scopes) {
      if (!Tokens.SCOPES.contains(scope.split(":", 2)[0]))
        throw new StartFailure(
            "%s is no scope. Scopes are %s.".formatted(scope, String.join(", ", Tokens.SCOPES)));
    }
    return neighbourhood.tokens.create(account.actorId(), scopes);
  }

  @Override
  public String addNeighbour(String host) {
    try {
      return switch (neighbourhood.neighbours.add(host)) {
        case ACCEPTED -> "%s is a neighbour now.".formatted(host);
        case ASKED -> "%s was asked; it is a neighbour once it accepts.".formatted(host);
        case LATER ->
            "%s does not answer now. A running server goes on trying; see placette neighbour list."
                .formatted(host);
      };
    } catch (Problem.NotFound e) {
      throw new StartFailure("%s has no actor of its own that could be followed.".formatted(host));
    } catch (Problem.BadRequest e) {
      throw new StartFailure(e.message());
    }
  }

  @Override
  public List<Neighbour> neighbours() {
    return neighbourhood.neighbours.list().stream()
        .map(
            line -> new Neighbour(line.host(), line.software(), line.weFollow(), line.theyFollow()))
        .toList();
  }

  @Override
  public String removeNeighbour(String host) {
    try {
      if (neighbourhood.neighbours.remove(host)) {
        return "%s is no neighbour any more.".formatted(host);
      }
    } catch (Problem.BadRequest e) {
      throw new StartFailure(e.message());
    }
    throw new StartFailure(
        "%s is no neighbour. placette neighbour list shows them.".formatted(host));
  }
}
