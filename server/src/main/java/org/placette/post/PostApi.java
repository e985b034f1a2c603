package org.placette.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Json;
import org.placette.mastodon.Params;
import org.placette.mastodon.StatusEdit;
import org.placette.web.Problem;

/** Writing statuses (methods/statuses): publish, change, delete, and what was written before. */
public final class PostApi implements Api.Calls {

  private static final int LONGEST_KEY = 500;

  private final Desk desk;
  private final Later later;

  public PostApi(Desk desk, Later later) {
    this.desk = desk;
    this.later = later;
  }

  @Override
  public void into(Api api) {
    var write = Access.person("write:statuses");
    api.post("/api/v1/statuses", write, this::publish);
    api.put("/api/v1/statuses/:id", write, this::edit);
    api.delete("/api/v1/statuses/:id", write, this::delete);
    api.get("/api/v1/statuses/:id/source", Access.person("read:statuses"), this::source);
    api.get("/api/v1/statuses/:id/history", Access.open("read:statuses"), this::history);
    api.get("/api/v1/statuses/:id/card", Access.open("read:statuses"), this::card);
    api.post("/api/v1/statuses/:id/translate", Access.person("read:statuses"), this::translate);
  }

  /** Another call with the same key was first. */
  private static final class Repeated extends RuntimeException {
    private static final long serialVersionUID = 1;

    Repeated() {
      super("repeated", null, false, false);
    }
  }

  private Object publish(Call call) {
    var author = desk.person(call);
    var key = key(call);
    var earlier = key == null ? null : OnceStore.made(desk.db, author.id(), key);
    if (earlier != null) return made(call, earlier);
    var wanted = WantedPost.read(call.params(), desk.usual(author));
    var at = later.time(call.params());
    Extras.Also once =
        (tx, made) -> {
          if (key != null && !OnceStore.claim(tx, author.id(), key, made)) throw new Repeated();
        };
    try {
      if (at != null) return later.add(author, wanted, at, Desk.application(call), once);
      var post = desk.publish(author, wanted, Desk.application(call), once);
      return desk.status(call, post.id());
    } catch (Repeated e) {
      var first = key == null ? null : OnceStore.made(desk.db, author.id(), key);
      if (first == null) throw new Problem.Conflict("Try again");
      return made(call, first);
    }
  }

  private static @Nullable String key(Call call) {
    var key = call.http().request().getHeader("Idempotency-Key");
    if (key == null || key.isBlank()) return null;
    return key.substring(0, Math.min(LONGEST_KEY, key.length())).replace("\0", "");
  }

  private Object made(Call call, long id) {
    var waiting = later.find(call.viewer(), id);
    return waiting != null ? waiting : desk.status(call, id);
  }

  private Object edit(Call call) {
    var editor = desk.person(call);
    var before = desk.own(call);
    if (before.type().equals("Event"))
      throw new Problem.Invalid("Events are changed on their own page", Map.of());
    var params = call.params();
    var files = files(call, before, params);
    var text = params.has("status") ? WantedPost.words(params, "status") : null;
    var warning = params.has("spoiler_text") ? params.filled("spoiler_text") : before.summary();
    WantedPost.checkLength(text == null ? "" : text, warning == null ? "" : warning);
    var poll = WantedPost.PollWanted.read(params);
    if (poll != null && before.poll() == null)
      throw new Problem.Invalid("Validation failed: It has no poll", Map.of("poll", "ERR_INVALID"));
    if (text != null && text.isBlank() && before.poll() == null && noFiles(before, files))
      throw new Problem.Invalid(
          "Validation failed: Text can't be blank", Map.of("text", "ERR_BLANK"));
    var asked = poll == null ? null : poll.poll();
    var ids = params.has("media_ids") ? params.ids("media_ids") : null;
    Extras.Also also =
        (tx, post) -> {
          if (ids != null) desk.media.attach(tx, editor.id(), ids, post);
        };
    var plain = params.has("content_type") ? (Boolean) WantedPost.plain(params, true) : null;
    var unused =
        desk.posts.edit(
            editor,
            before.id(),
            new Change(
                text,
                plain,
                before.name(),
                warning,
                params.flag("sensitive"),
                PostReader.language(params.filled("language")),
                files,
                asked,
                also));
    return desk.status(call, before.id());
  }

  private static boolean noFiles(Post before, @Nullable List<Attachment> files) {
    return (files == null ? before.attachment() : files).isEmpty();
  }

  /** The files as they are to be; null when nothing is said of them. */
  private @Nullable List<Attachment> files(Call call, Post before, Params params) {
    var rows = params.rows("media_attributes");
    if (rows.isEmpty() && !params.has("media_ids")) return null;
    var editor = desk.person(call);
    desk.media.describe(editor.id(), rows);
    var ids = params.has("media_ids") ? params.ids("media_ids") : PostMedia.ids(before);
    return desk.files(editor, ids);
  }

  private Object delete(Call call) {
    var editor = desk.person(call);
    var post = desk.own(call);
    if (post.type().equals("Event"))
      throw new Problem.Invalid("Events are cancelled on their own page", Map.of());
    var status = Json.tree(desk.status(call, post.id()));
    status.put("text", SourceStore.of(desk.db, post).text());
    desk.posts.delete(editor, post.id());
    return status;
  }

  /** What was typed (entities/StatusSource). */
  record Source(String id, String text, String spoilerText, String contentType) {}

  private Source source(Call call) {
    var post = desk.own(call);
    var source = SourceStore.of(desk.db, post);
    return new Source(
        String.valueOf(post.id()),
        source.text(),
        post.summary() == null ? "" : post.summary(),
        source.plain() ? "text/plain" : "text/markdown");
  }

  private List<StatusEdit> history(Call call) {
    var post = desk.post(call);
    var account = desk.statuses.accounts().one(post.actorId());
    var known = desk.editions.of(post, account);
    if (known != null) return known;
    List<StatusEdit> edits = new ArrayList<>();
    for (var one : RevisionStore.of(desk.db, post.id()))
      edits.add(
          new StatusEdit(
              one.content(),
              one.summary() == null ? "" : one.summary(),
              one.sensitive(),
              one.published(),
              account,
              one.poll(),
              desk.statuses.media(post.id(), one.attachment()),
              desk.statuses.emojis(one.tag())));
    return edits;
  }

  private Object card(Call call) {
    var card = Json.tree(desk.status(call, desk.post(call).id())).path("card");
    return card instanceof ObjectNode found ? found : Api.NOTHING;
  }

  private Object translate(Call call) {
    var unused = desk.post(call);
    throw new Problem.NotFound();
  }
}
