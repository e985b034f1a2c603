package org.placette.post;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tag of a post: a Hashtag, a Mention, an Emoji or a Link to an object (FEP-e232).
 *
 * @param type Hashtag, Mention, Emoji or Link
 * @param name {@code #word}, {@code @name@host}, {@code :code:} or a title
 * @param href the tag's page, the mentioned actor's id, the emoji's picture or the object's id
 */
public record Tag(String type, String name, @Nullable String href) {

  /** A mention of an actor. */
  public static Tag mention(String handle, String actorUri) {
    return new Tag("Mention", handle, actorUri);
  }

  /** The addresses of the custom emoji among some tags, by code. */
  public static Map<String, String> emoji(List<Tag> tags) {
    Map<String, String> pictures = new HashMap<>();
    for (var tag : tags)
      if (tag.type.equals("Emoji") && tag.href != null)
        pictures.put(tag.name.replace(":", ""), tag.href);
    return pictures;
  }

  public boolean hashtag() {
    return type.equals("Hashtag");
  }

  public boolean mention() {
    return type.equals("Mention");
  }

  /** A hashtag's word for searching: without the sign, in lower case. */
  public String word() {
    return (name.startsWith("#") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
  }
}
