package org.placette;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.placette.config.Settings;
import org.placette.media.FormFiles;
import org.placette.media.Media;
import org.placette.oauth.Tokens;
import org.placette.portability.CarryIn;
import org.placette.user.Sessions;
import org.placette.web.Uploads;
import org.placette.web.Uploads.Door;

/** Which addresses take files, how large, and from whom: people who signed in, in any way. */
final class UploadDoors {

  /** For the fields beside a file. */
  private static final long FIELDS = 1 << 20;

  private static final long ONE_FILE = Media.FILE_BYTES + FIELDS;
  private static final long FILES = FormFiles.LARGEST + FIELDS;
  private static final long THREE_PICTURES = 3 * Media.PICTURE_BYTES + FIELDS;
  private static final long TWO_PICTURES = 2 * Media.PICTURE_BYTES + FIELDS;
  private static final long ONE_PICTURE = Media.PICTURE_BYTES + FIELDS;

  private final Tokens tokens;
  private final Sessions sessions;
  private final Settings settings;

  UploadDoors(Tokens tokens, Sessions sessions, Settings settings) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.settings = settings;
  }

  Uploads open() {
    var doors =
        List.of(
            Door.at("/api/v[12]/media/?", ONE_FILE),
            Door.at("/api/v1/accounts/update_credentials/?", TWO_PICTURES),
            Door.at("/events|/events/[0-9a-f-]{36}/edit", ONE_PICTURE),
            Door.at("/posts|/posts/[0-9]+/edit|/drafts|/compose/(files|preview)", FILES),
            Door.at("/events/[0-9a-f-]{36}/after", THREE_PICTURES),
            Door.at("/series/[0-9a-f-]{36}/edit|/imports", ONE_PICTURE),
            Door.at("/admin/(domains/import|emoji)", ONE_PICTURE),
            Door.at("/settings/data/import", CarryIn.LARGEST + FIELDS),
            Door.at("/settings/profile|/admin/instance|/groups/[a-z0-9_]+/edit", TWO_PICTURES));
    return new Uploads(settings.data().resolve("tmp").resolve("uploads"), doors, this::admitted);
  }

  private boolean admitted(RoutingContext ctx) {
    var path = ctx.request().path();
    if (path == null || !path.startsWith("/api/")) return sessions.signedIn(ctx);
    var header = ctx.request().getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) return false;
    var grant = tokens.verify(header.substring(7).strip());
    return grant != null && grant.actorId() != 0;
  }
}
