package org.placette;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.actor.Asker;
import org.placette.actor.KeyLookup;
import org.placette.actor.KeyRing;
import org.placette.actor.Urls;
import org.placette.actor.WebFingerRoutes;
import org.placette.cli.Placette;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.DueWork;
import org.placette.db.Presence;
import org.placette.db.Retention;
import org.placette.emoji.Emojis;
import org.placette.event.EventSide;
import org.placette.event.Events;
import org.placette.federation.fetch.AddressGuard.Resolver;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchRules;
import org.placette.federation.fetch.GuardedHttp;
import org.placette.federation.fetch.NodeInfo;
import org.placette.federation.fetch.SignedHttp;
import org.placette.federation.fetch.WebFinger;
import org.placette.federation.signature.SignatureVerifier;
import org.placette.follow.Follows;
import org.placette.follow.Profiles;
import org.placette.group.Groups;
import org.placette.inbox.Dispatch;
import org.placette.inbox.Inbox;
import org.placette.instance.Instance;
import org.placette.instance.Neighbours;
import org.placette.instance.NodeInfoRoutes;
import org.placette.instance.Numbers;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Look;
import org.placette.mastodon.Statuses;
import org.placette.media.Drawn;
import org.placette.media.Media;
import org.placette.media.MediaRoutes;
import org.placette.media.ProxyRoutes;
import org.placette.media.RemoteMedia;
import org.placette.moderation.Blocks;
import org.placette.moderation.DomainPolicy;
import org.placette.oauth.OauthParts;
import org.placette.oauth.OauthRoutes;
import org.placette.oauth.Tokens;
import org.placette.outbox.DeliveryWorker;
import org.placette.outbox.Outbox;
import org.placette.outbox.Peers;
import org.placette.outbox.Targets;
import org.placette.poll.Polls;
import org.placette.post.Posts;
import org.placette.post.Reactions;
import org.placette.post.RemotePosts;
import org.placette.push.PushWorker;
import org.placette.push.Vapid;
import org.placette.role.Roles;
import org.placette.rsvp.GoneEvents;
import org.placette.signup.SignUps;
import org.placette.user.Sessions;
import org.placette.user.Setup;
import org.placette.user.Users;
import org.placette.web.AfterWrites;
import org.placette.web.Csrf;
import org.placette.web.Language;
import org.placette.web.MediaUrls;
import org.placette.web.Messages;
import org.placette.web.MetricsServer;
import org.placette.web.Pages;
import org.placette.web.Place;
import org.placette.web.QuickAnswers;
import org.placette.web.ReadyAnswers;
import org.placette.web.ReadyPages;
import org.placette.web.Routes;
import org.placette.web.StaticFiles;
import org.placette.web.WebServer;

/**
 * One neighbourhood, wired by hand from the ground up: what every command works with, and, once
 * {@link #serve} was called, the running server.
 */
public final class Neighbourhood implements AutoCloseable {

  /** Deliveries under way at once, over all hosts. */
  private static final int DELIVERIES = 16;

  private static final String VERSION = Placette.version();

  final Vertx vertx;
  final Db db;
  final Settings settings;
  final GuardedHttp http;
  final KeyRing ring;
  final Vapid vapid;
  private final SignedHttp signed;
  final Dereferencer documents;

  final Actors actors;
  final KeyLookup keys;
  final Instance instance;
  final Numbers numbers;
  final Roles roles;
  final Users users;
  final Setup setup;
  final Tokens tokens;
  final OauthParts oauth;
  final Peers peers;
  final Outbox outbox;
  final Targets targets;
  final DomainPolicy domains;
  final Follows follows;
  final Profiles profiles;
  final Blocks blocks;
  final RemotePosts remotePosts;
  final Neighbours neighbours;
  final Posts posts;
  final Reactions reactions;
  final Polls polls;
  final Groups groups;
  final Events events;
  final RsvpFeature rsvps;
  final SignUps signUps;
  final MediaUrls mediaUrls;
  final Media media;
  final Drawn drawn;
  final Statuses statuses;
  final ThisPlace place;
  final RemoteMedia remoteMedia;
  final Emojis emojis;
  final Dispatch dispatch = new Dispatch();
  final Features features;

  private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();
  @Nullable Inbox inbox;
  private @Nullable DeliveryWorker deliveries;
  private @Nullable WebServer web;

  /**
   * @param resolver the system's DNS, or what a test puts in its place
   */
  public Neighbourhood(Vertx vertx, Db db, Settings settings, Resolver resolver) {
    this.vertx = vertx;
    this.db = db;
    this.settings = settings;
    http = new GuardedHttp(vertx, rules(settings), resolver);
    signed = new SignedHttp(http);
    documents = new Dereferencer(signed);
    var webFinger = new WebFinger(http);
    var nodeInfo = new NodeInfo(http);
    var urls = new Urls(settings.scheme(), settings.domain());
    ring = KeyRing.open(settings.data());
    vapid = Vapid.open(db, ring, settings.origin());
    actors = new Actors(vertx, db, urls, ring, documents, webFinger);
    keys = new KeyLookup(db, actors);
    instance = new Instance(db);
    numbers = new Numbers(db);
    roles = new Roles(db);
    users = new Users(vertx, db, actors);
    setup = new Setup(db, users, settings);
    tokens = new Tokens(db);
    users.whenSignedOut(tokens::forget);
    oauth = new OauthParts(db, tokens);
    domains = new DomainPolicy(db);
    peers = new Peers(db, nodeInfo, domains);
    outbox = new Outbox(db, actors, domains, this::wakeDeliveries);
    targets = new Targets(peers);
    profiles = new Profiles(db, actors, outbox, targets);
    follows = new Follows(db, actors, outbox);
    blocks = new Blocks(db, actors, follows, outbox);
    neighbours = new Neighbours(db, actors, follows, instance, peers, nodeInfo, domains);
    follows.rules(neighbours);
    var side = new EventSide(this::zone, peers::fetched, GoneEvents::remember);
    remotePosts = new RemotePosts(db, actors, documents, List.of(side));
    posts = new Posts(db, actors, outbox, targets);
    reactions = new Reactions(db, actors, posts, outbox, targets);
    polls = new Polls(db, actors, posts, outbox, targets);
    posts.ballots(polls);
    remotePosts.ballots(polls);
    groups = new Groups(db, actors, roles, follows, profiles, posts, reactions);
    posts.rules(groups);
    events = new Events(db, actors, posts, outbox, targets);
    rsvps = new RsvpFeature(this);
    signUps = new SignUps(db, actors, users, rsvps.mailer, settings);
    instance.attendedWhen(signUps::attended);
    mediaUrls = MediaUrls.open(settings);
    mediaUrls.withholding(domains);
    media = new Media(vertx, db, mediaUrls, settings.data());
    emojis = new Emojis(db, actors, media);
    posts.writing().emoji(emojis::pictures);
    profiles.emoji(emojis::pictures);
    drawn = new Drawn(vertx, settings.data());
    var accounts = new Accounts(db, look(urls));
    actors.whenLocalChanges(accounts::changed);
    statuses = new Statuses(db, accounts);
    place = new ThisPlace(this);
    var room = settings.remoteMediaMb() * 1_000_000L;
    remoteMedia = new RemoteMedia(vertx, http, media, settings.data(), room, domains::mediaOff);
    actors.found(settings.locale().equals("fr") ? "Notre village" : "Our village");
    welcome(users, actors, follows);
    features = new Features(this);
  }

  /** Whoever gets an account follows the village and its agenda. */
  private static void welcome(Users users, Actors actors, Follows follows) {
    var doors = List.of(actors.village(), actors.agenda());
    users.whenCreated(
        (tx, actor) -> {
          for (var door : doors) {
            var unused = follows.follow(tx, actor, door);
          }
        });
  }

  private Look look(Urls urls) {
    var words =
        Messages.of(Objects.requireNonNullElse(Language.of(settings.locale()), Language.FR));
    return new Look(urls, this::picture, role -> words.text("role." + role), domains);
  }

  private static FetchRules rules(Settings settings) {
    return FetchRules.strict("Placette/" + VERSION + " (+" + settings.origin() + ")")
        .allowing(settings.allowPrivate())
        .withPlainHttp(settings.scheme().equals("http"))
        .trusting(settings.trustedCa())
        .within(Duration.ofSeconds(5), Duration.ofSeconds(30))
        .as(settings.origin());
  }

  void wakeDeliveries() {
    var worker = deliveries;
    if (worker != null) worker.wake();
  }

  /** Lets everything that falls due be looked for now. */
  void wakeDue() {
    for (var part : running) if (part instanceof DueWork due) due.wake();
  }

  /** Serves; returns once requests are answered. */
  public void serve() {
    var presence = keep(presence(List.of("inbox", "delivery", "push_delivery")));
    dispatch.handlers(features.handlers());
    inbox = keep(new Inbox(parts(presence)));
    inbox.start();
    deliveries = keep(new DeliveryWorker(db, presence, actors, signed, domains, DELIVERIES));
    deliveries.start();
    keep(peers).start();
    features.start();
    var quick = new ReadyAnswers();
    actors.whenLocalChanges(
        () -> {
          quick.clear();
          tokens.recheck();
        });
    keep(tokens).start();
    var csrf = new Csrf(settings);
    var pages = new Pages(place::now, csrf::token, mediaUrls);
    var sessions = new Sessions(users, settings, csrf);
    var client = new ApiRoutes(this, VERSION);
    var unused = keep(client.listening(presence::isAlone));
    keep(new PushWorker(db, presence, http, ring, vapid, client::portrait)).start();
    List<Routes> routes = new ArrayList<>(machines(inbox, quick));
    var ready = new ReadyPages(db::writes);
    var soon = new AfterWrites(this::wakeDue);
    routes.addAll(List.of(soon, new StaticFiles(), ready, client.routes(), sessions, csrf));
    routes.addAll(features.pages(pages));
    routes.addAll(new PageRoutes(this).routes(pages, sessions));
    routes.addAll(features.objects(quick));
    QuickAnswers known = request -> quick.answer(request) || ready.answer(request);
    var uploads = new UploadDoors(tokens, sessions, settings).open();
    var site = new WebServer.Site(routes, known, pages, () -> null).taking(uploads);
    web = WebServer.start(vertx, settings, site);
    keep(media).start();
    drawn.start();
    remoteMedia.start();
    keep(new Retention(db, Tables.all(settings))).start();
    serveMetrics(inbox, deliveries);
    recall();
  }

  /** What is asked inside transactions is read before: none takes a second connection for it. */
  private void recall() {
    var unused = List.of(actors.relay(), actors.village(), actors.agenda());
    domains.load();
  }

  private void serveMetrics(Inbox in, DeliveryWorker out) {
    var listen = settings.metricsListen();
    if (listen == null) return;
    keep(
        MetricsServer.start(
            vertx,
            listen,
            () ->
                in.refusals().metrics()
                    + in.worker().metrics()
                    + out.metrics()
                    + remoteMedia.metrics()));
  }

  /** Our own PostgreSQL belongs to whoever holds the data folder; an outside one may be shared. */
  private Presence presence(List<String> tables) {
    return settings.databaseUrl().isEmpty()
        ? Presence.startAlone(db, tables)
        : Presence.start(db, tables);
  }

  private Inbox.Parts parts(Presence presence) {
    return new Inbox.Parts(
        db, presence, actors, keys, documents, domains, dispatch, Clock.systemUTC());
  }

  /** What is answered before anybody asks who asks. */
  List<Routes> machines(Inbox inbox, ReadyAnswers quick) {
    return List.of(
        new WebFingerRoutes(actors, quick),
        new NodeInfoRoutes(
            instance, actors, quick, VERSION, () -> signUps.door() == SignUps.Door.OPEN),
        new MediaRoutes(media),
        new OauthRoutes(oauth, settings),
        new ProxyRoutes(remoteMedia, mediaUrls),
        inbox);
  }

  /** Where a picture is shown from: another server's through this one. */
  String picture(String url) {
    return Objects.requireNonNullElse(mediaUrls.proxy(url), url);
  }

  /** Who signed a request for an object. */
  Asker asker() {
    var signatures = new SignatureVerifier(actors.urls().publicOrigin(), Clock.systemUTC());
    return new Asker(keys, signatures, domains);
  }

  /** The port really listened on; only while serving. */
  public int port() {
    return Objects.requireNonNull(web).port();
  }

  <T extends AutoCloseable> T keep(T part) {
    running.add(part);
    return part;
  }

  /** Stops listening, then working; the ground (database, Vert.x) stays the caller's. */
  @Override
  public void close() {
    if (web != null) web.close();
    for (var part : running.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        System.getLogger("placette").log(System.Logger.Level.WARNING, "while stopping", e);
      }
    }
    http.close();
  }

  /** The clock of the place. */
  ZoneId zone() {
    return Place.zone(instance.word("instance.zone", ""));
  }
}
