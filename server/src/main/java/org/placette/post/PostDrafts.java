package org.placette.post;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Tx;
import org.placette.media.FormFiles;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.unsent.Due;
import org.placette.unsent.UnsentStore;
import org.placette.unsent.UnsentStore.Unsent;
import org.placette.web.Form;
import org.placette.web.Problem;

/**
 * Messages that wait for their hour. Each is a filled form that its author alone sees; it is
 * published by the same steps as a form that is sent.
 */
public final class PostDrafts {

  /** What a form holds that is not the message's. */
  private static final Pattern PASSING = Pattern.compile("csrf|draft|(file|fileText|focus)\\d*");

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Media media;
  private final FormFiles files;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone the clock of this place, by which the form says its hour
   */
  public PostDrafts(Db db, Actors actors, Posts posts, Media media, Supplier<ZoneId> zone) {
    this.zone = zone;
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.media = media;
    files = new FormFiles(db, media);
  }

  /**
   * Keeps a message, with the files that its form names, until it is due.
   *
   * @throws Problem.Forbidden when too much waits already
   */
  void keep(Actor author, Form form, Instant due) {
    var before = before(author, form);
    var fields = new HashMap<>(form.values());
    fields.keySet().removeIf(name -> PASSING.matcher(name).matches());
    fields.values().removeIf(String::isEmpty);
    var id = before == null ? Ids.next() : before.id();
    db.transact(
        tx -> {
          if (!UnsentStore.save(tx, id, author.id(), fields, due))
            throw new Problem.Forbidden("Too many drafts");
          files.keep(tx, author.id(), named(before), FormFiles.named(fields));
        });
  }

  private static List<Long> named(@Nullable Unsent draft) {
    return draft == null ? List.of() : FormFiles.named(draft.fields());
  }

  /** The message stands: its draft leaves, and keeps no file any more. */
  void settled(Actor author, Form form) {
    var before = before(author, form);
    if (before == null) return;
    UnsentStore.remove(db, author.id(), before.id());
    release(author, before);
  }

  private void release(Actor author, Unsent draft) {
    db.transact(tx -> files.keep(tx, author.id(), named(draft), List.of()));
  }

  private @Nullable Unsent before(Actor author, Form form) {
    var number = form.value("draft");
    return number.matches("\\d{1,18}")
        ? UnsentStore.one(db, author.id(), Long.parseLong(number))
        : null;
  }

  /** A new thread stands in the chosen Group, or else in that of the whole place. */
  Posts.NewPost placed(Form form, Posts.NewPost wanted) {
    if (wanted.inReplyTo() != null) return wanted;
    var room = form.value("room");
    if (!room.matches("\\d{0,18}")) throw new Problem.NotFound();
    var group = room.isEmpty() ? actors.village() : actors.byId(Long.parseLong(room));
    if (group == null) throw new Problem.NotFound();
    return wanted.in(group);
  }

  /** The same with files; they belong to the post from its first moment. */
  Posts.NewPost with(Actor author, Posts.NewPost wanted, List<StoredMedia> files) {
    return with(author, wanted, files, null);
  }

  private Posts.NewPost with(
      Actor author, Posts.NewPost wanted, List<StoredMedia> files, @Nullable Unsent draft) {
    var extras = wanted.extras();
    var ids = files.stream().map(StoredMedia::id).toList();
    Extras.Also also =
        (tx, post) -> {
          if (draft != null) take(tx, author, draft);
          if (!ids.isEmpty()) media.attach(tx, author.id(), ids, post);
        };
    return new Posts.NewPost(
        wanted.text(),
        wanted.name(),
        wanted.warning(),
        wanted.visibility(),
        wanted.language(),
        wanted.inReplyTo(),
        wanted.audience(),
        files.stream().map(one -> Attachment.of(one, media)).toList(),
        new Extras(false, extras.sensitive(), extras.poll(), null, null, also));
  }

  /** What the form of a message that stands makes of it; what is not a file of ours stays. */
  Change change(Post before, Posts.NewPost wanted, List<StoredMedia> files) {
    List<Attachment> all = new ArrayList<>();
    for (var one : before.attachment()) if (one.mediaId() == null) all.add(one);
    for (var one : files) all.add(Attachment.of(one, media));
    var ids = files.stream().map(StoredMedia::id).toList();
    return new Change(
        wanted.text(),
        null,
        wanted.name(),
        wanted.warning(),
        null,
        null,
        all,
        null,
        (tx, post) -> media.attach(tx, before.actorId(), ids, post));
  }

  /** Publishes those whose hour has come, each once; gives how many were tried. */
  public int publishDue() {
    return Due.publish(db, actors, one -> !one.event(), this::publish);
  }

  private void publish(Actor author, Unsent draft) {
    var form = Form.filled(draft.fields());
    var read = PostForm.read(form, draft.fields().getOrDefault("language", "fr"));
    if (!form.ok()) throw new Problem.Invalid("Something is missing", form.errors());
    var placed = placed(form, read);
    var shown = files.of(author.id(), form);
    var unused = posts.publish(author, with(author, placed, shown, draft));
    release(author, draft);
  }

  private static void take(Tx tx, Actor author, Unsent draft) {
    if (!UnsentStore.take(tx, author.id(), draft)) throw new Problem.NotFound();
  }

  /** A message that waits, as an app would have asked for it; its title stands first. */
  public static WantedPost wanted(String fields) {
    var form = Form.filled(UnsentStore.fields(fields));
    var read = PostForm.read(form, form.values().getOrDefault("language", "fr"));
    var title = read.name() == null ? "" : read.name() + "\n\n";
    var poll = read.extras().poll();
    return new WantedPost(
        title + read.text(),
        poll == null ? null : WantedPost.PollWanted.of(poll),
        FormFiles.named(form.values()).stream().map(String::valueOf).toList(),
        false,
        read.warning(),
        read.visibility().word(),
        read.inReplyTo(),
        null,
        null,
        read.language(),
        false);
  }

  /** Puts one off to another hour, which its form then shows; false when there is none. */
  public boolean move(long author, long id, Instant due) {
    var at = due.atZone(zone.get());
    var day = at.toLocalDate().toString();
    return UnsentStore.move(db, author, id, due, day, at.toLocalTime().toString());
  }

  /** Throws one away that waits for its hour, with its files; false when there is none. */
  public boolean remove(Tx tx, long author, long id) {
    var draft = UnsentStore.one(tx, author, id);
    if (draft == null || draft.due() == null || draft.event()) return false;
    UnsentStore.remove(tx, author, id);
    files.keep(tx, author, named(draft), List.of());
    return true;
  }
}
