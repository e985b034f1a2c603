package org.placette.operation;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.backup.Backups;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.media.RemoteMedia;
import org.placette.role.Role;
import org.placette.role.Roles;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Permission;
import org.placette.web.Routes;
import org.placette.web.View;
import org.placette.web.Visitor;

/** How much room everything takes, and when it was last saved. */
public final class StoragePages implements Routes {

  static final String HERE = "/admin/storage";

  /** Tables by kind of thing; all others are the last kind. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "posts",
          Set.of(
              "post",
              "post_tag",
              "mention",
              "post_like",
              "announce",
              "post_revision",
              "home",
              "conversation",
              "poll_vote",
              "topic",
              "topic_read",
              "card",
              "bookmark",
              "tombstone"),
          "events",
          Set.of(
              "event",
              "rsvp",
              "series",
              "series_occurrence",
              "series_attendee",
              "place",
              "date_poll",
              "date_poll_slot",
              "date_poll_answer",
              "event_notice",
              "event_gone",
              "event_news"),
          "people",
          Set.of(
              "actor",
              "actor_key",
              "actor_count",
              "account",
              "session",
              "access_token",
              "follow",
              "notification",
              "app",
              "list",
              "list_member",
              "filter",
              "media"),
          "traffic",
          Set.of("inbox", "inbox_seen", "undone", "activity", "delivery", "peer", "neighbour"));

  private static final List<String> ORDER =
      List.of("posts", "events", "people", "traffic", "others");

  private final Db db;
  private final Settings settings;
  private final Backups backups;
  private final Roles roles;
  private final Supplier<RemoteMedia.Figures> cached;
  private final Pages pages;

  /**
   * @param cached what is kept of other servers' pictures
   */
  public StoragePages(
      Db db,
      Settings settings,
      Backups backups,
      Roles roles,
      Supplier<RemoteMedia.Figures> cached,
      Pages pages) {
    this.db = db;
    this.settings = settings;
    this.backups = backups;
    this.roles = roles;
    this.cached = cached;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param tables bytes of the database by kind of thing
   * @param mediaBytes what people here uploaded
   * @param cacheMost how many bytes of other servers' pictures are kept at most
   * @param free bytes that are left on the disk
   * @param owner whether the viewer may take a backup along
   */
  public record Page(
      Map<String, Long> tables,
      long files,
      long mediaBytes,
      RemoteMedia.Figures cache,
      long cacheMost,
      long free,
      @Nullable Instant lastBackup,
      boolean owner,
      Form form) {

    /** All of the database. */
    public long database() {
      return tables.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes for people: megabytes below a gigabyte. */
    public String size(View view, long bytes) {
      var locale = view.language().locale();
      if (bytes >= 1_000_000_000L)
        return view.t("storage.gb", String.format(locale, "%,.1f", bytes / 1e9));
      if (bytes >= 1_000_000L)
        return view.t("storage.mb", String.format(locale, "%,.0f", bytes / 1e6));
      return view.t("storage.kb", String.format(locale, "%,.0f", Math.ceil(bytes / 1e3)));
    }
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, HERE, ctx -> show(ctx, Form.empty()));
  }

  void show(RoutingContext ctx, Form form) {
    var me = Visitor.of(ctx).require(Permission.SETTINGS);
    if (!form.ok()) ctx.response().setStatusCode(422);
    ctx.response().putHeader("Cache-Control", "private, no-store");
    var media = StorageStore.media(db);
    var page =
        new Page(
            kinds(StorageStore.tables(db)),
            media.files(),
            media.bytes(),
            cached.get(),
            settings.remoteMediaMb() * 1_000_000L,
            Aside.run("free-disk", () -> Files.getFileStore(settings.data()).getUsableSpace()),
            backups.last(),
            roles.of(me).contains(Role.OWNER),
            form);
    pages.show(ctx, "operation/storage.jte", page);
  }

  private static Map<String, Long> kinds(Map<String, Long> tables) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    for (var kind : ORDER) kinds.put(kind, 0L);
    tables.forEach((table, bytes) -> kinds.merge(kind(table), bytes, Long::sum));
    return kinds;
  }

  private static String kind(String table) {
    for (var kind : KINDS.entrySet()) if (kind.getValue().contains(table)) return kind.getKey();
    return "others";
  }
}
