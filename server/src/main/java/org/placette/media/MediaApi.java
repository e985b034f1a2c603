package org.placette.media;

import java.util.Map;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;
import org.placette.web.Uploads;

/** Uploads of the client API (methods/media): what is sent is ready when it is answered. */
public final class MediaApi implements Api.Calls {

  private static final Access WRITE = Access.person("write:media");

  private final Media media;

  public MediaApi(Media media) {
    this.media = media;
  }

  @Override
  public void into(Api api) {
    api.post("/api/v1/media", WRITE, this::upload);
    api.post("/api/v2/media", WRITE, this::upload);
    api.get("/api/v1/media/:id", WRITE, this::show);
    api.put("/api/v1/media/:id", WRITE, this::update);
    api.delete("/api/v1/media/:id", WRITE, this::delete);
  }

  private Object upload(Call call) {
    var owner = call.person().actorId();
    var file = Uploads.file(call.http(), "file");
    if (file == null)
      throw new Problem.Invalid(
          "Validation failed: File can't be blank", Map.of("file", "ERR_BLANK"));
    var params = call.params();
    var focus = Focus.read(params.filled("focus"));
    return entity(media.store(owner, file, params.filled("description"), focus));
  }

  private Object show(Call call) {
    return entity(media.byId(call.person().actorId(), call.id()));
  }

  private Object update(Call call) {
    var params = call.params();
    var focus = Focus.read(params.filled("focus"));
    var owner = call.person().actorId();
    return entity(media.update(owner, call.id(), params.text("description"), focus));
  }

  private Object delete(Call call) {
    media.delete(call.person().actorId(), call.id());
    return Api.NOTHING;
  }

  /** A file as clients see it. */
  public org.placette.mastodon.Media entity(StoredMedia one) {
    var size = one.size();
    var small = one.small();
    var image = one.kind().family() == FileKind.Family.IMAGE;
    // A picture that nothing here decodes has no smaller one.
    var preview = small == null && image ? media.original(one) : media.preview(one);
    return new org.placette.mastodon.Media(
        String.valueOf(one.id()),
        switch (one.kind().family()) {
          case IMAGE -> "image";
          case VIDEO -> "video";
          case AUDIO -> "audio";
          case DOCUMENT -> "unknown";
        },
        media.original(one),
        preview,
        null,
        null,
        null,
        new org.placette.mastodon.Media.Meta(
            size == null ? null : org.placette.mastodon.Media.Size.of(size.width(), size.height()),
            small == null
                ? null
                : org.placette.mastodon.Media.Size.of(small.size().width(), small.size().height()),
            size == null
                ? null
                : new org.placette.mastodon.Media.Focus(one.focus().x(), one.focus().y())),
        one.description(),
        one.blurhash());
  }
}
