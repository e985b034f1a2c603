package org.placette.post;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.mastodon.Params;
import org.placette.media.Focus;
import org.placette.media.FormFiles;
import org.placette.media.Media;
import org.placette.web.Problem;

/** Uploaded files as what stands beside a text. */
public final class PostMedia {

  private final Media media;

  public PostMedia(Media media) {
    this.media = media;
  }

  /**
   * The files of these numbers, in their order.
   *
   * @throws Problem.Invalid when there are too many, or one is not the owner's
   */
  List<Attachment> of(Sql sql, long owner, List<Long> ids) {
    if (ids.size() > FormFiles.MOST)
      throw new Problem.Invalid(
          "Validation failed: Cannot attach more than 8 files", Map.of("media_ids", "error.file"));
    return media.byIds(sql, owner, ids).stream().map(one -> Attachment.of(one, media)).toList();
  }

  /** Files by number, whichever of them are still there; usually one query. */
  public Map<Long, Attachment> known(Sql sql, long owner, List<Long> ids) {
    Map<Long, Attachment> found = new HashMap<>();
    try {
      for (var one : media.byIds(sql, owner, ids)) found.put(one.id(), Attachment.of(one, media));
    } catch (Problem.Invalid e) {
      // Some were deleted since: each is looked for, unless it was that one.
      if (ids.size() > 1) for (var id : ids) found.putAll(known(sql, owner, List.of(id)));
    }
    return found;
  }

  /** Gives the files to a post that shows them now. */
  void attach(Tx tx, long owner, List<Long> ids, long post) {
    media.attach(tx, owner, ids, post);
  }

  /** Keeps files although no post shows them yet; or no more. Those that are gone are left out. */
  public void keep(Tx tx, long owner, List<Long> ids, boolean kept) {
    for (var id : ids)
      try {
        for (var one : media.byIds(tx, owner, List.of(id))) media.keep(tx, one, kept);
      } catch (Problem.Invalid e) {
        // Nothing to keep.
      }
  }

  /** Changes words and focus of files: {@code media_attributes} of an edit. */
  void describe(long owner, List<Params> rows) {
    for (var row : rows) {
      var id = row.number("id");
      if (id == null) continue;
      var unused =
          media.update(owner, id, row.text("description"), Focus.read(row.filled("focus")));
    }
  }

  /** The numbers of the files that a post shows. */
  static List<Long> ids(Post post) {
    List<Long> ids = new ArrayList<>();
    for (var one : post.attachment()) {
      if (one.mediaId() != null) ids.add(one.mediaId());
    }
    return ids;
  }
}
