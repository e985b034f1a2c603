package org.placette.post;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Tx;
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
  private static final List<String> PASSING = List.of("csrf", "draft", "file", "fileText");

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Media media;

  public PostDrafts(Db db, Actors actors, Posts posts, Media media) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.media = media;
  }

  /**
   * Keeps a message until it is due.
   *
   * @param file what is attached to it; null to leave what the draft before had
   * @throws Problem.Forbidden when too much waits already
   */
  void keep(Actor author, Form form, @Nullable StoredMedia file, Instant due) {
    var before = before(author, form);
    var fields = new HashMap<>(form.values());
    fields.keySet().removeAll(PASSING);
    fields.values().removeIf(String::isEmpty);
    var kept = before == null ? null : before.fields().get("fileId");
    if (file != null) fields.put("fileId", String.valueOf(file.id()));
    else if (kept != null) fields.put("fileId", kept);
    var id = before == null ? Ids.next() : before.id();
    if (!UnsentStore.save(db, id, author.id(), fields, due))
      throw new Problem.Forbidden("Too many drafts");
    if (file == null) return;
    db.transact(tx -> media.keep(tx, file, true));
    if (before != null) release(author, before);
  }

  /** The message stands, or has another file: nobody else shows what the draft kept. */
  private void release(Actor author, Unsent draft) {
    var id = draft.fields().get("fileId");
    if (id != null) media.release(author.id(), Long.parseLong(id));
  }

  /** The file that the draft of a form has; null for none. */
  @Nullable StoredMedia file(Actor author, Form form) {
    var before = before(author, form);
    return before == null ? null : file(author, before);
  }

  /** The message of a form stands: its draft leaves. */
  void settled(Actor author, Form form) {
    var before = before(author, form);
    if (before == null) return;
    UnsentStore.remove(db, author.id(), before.id());
    release(author, before);
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

  /** The same with a file, or as it is; it belongs to the post from its first moment. */
  Posts.NewPost with(Actor author, Posts.NewPost wanted, @Nullable StoredMedia file) {
    return file == null ? wanted : with(author, wanted, file, null);
  }

  private Posts.NewPost with(
      Actor author, Posts.NewPost wanted, @Nullable StoredMedia file, @Nullable Unsent draft) {
    var extras = wanted.extras();
    Extras.Also also =
        (tx, post) -> {
          if (draft != null) take(tx, author, draft);
          if (file != null) media.attach(tx, author.id(), List.of(file.id()), post);
        };
    return new Posts.NewPost(
        wanted.text(),
        wanted.name(),
        wanted.warning(),
        wanted.visibility(),
        wanted.language(),
        wanted.inReplyTo(),
        wanted.audience(),
        file == null ? List.of() : List.of(Attachment.of(file, media)),
        new Extras(false, extras.sensitive(), extras.poll(), null, null, also));
  }

  /** Publishes those whose hour has come, each once; gives how many were tried. */
  public int publishDue() {
    return Due.publish(db, actors, one -> !one.event(), this::publish);
  }

  private void publish(Actor author, Unsent draft) {
    var form = Form.filled(draft.fields());
    var read = PostForm.read(form, draft.fields().getOrDefault("language", "fr"));
    if (!form.ok()) throw new Problem.Invalid("Something is missing", form.errors());
    var file = file(author, draft);
    var placed = placed(form, read);
    var unused = posts.publish(author, with(author, placed, file, draft));
    release(author, draft);
  }

  private static void take(Tx tx, Actor author, Unsent draft) {
    if (!UnsentStore.take(tx, author.id(), draft)) throw new Problem.NotFound();
  }

  private @Nullable StoredMedia file(Actor author, Unsent draft) {
    var id = draft.fields().get("fileId");
    return id == null ? null : Objects.requireNonNull(media.byId(author.id(), Long.parseLong(id)));
  }
}
