package org.placette.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.placette.text.Shortcodes;

/**
 * A custom emoji in somebody's name or words (toot:Emoji).
 *
 * @param name with its colons, as it stands in the text
 * @param url of its picture
 */
public record ActorEmoji(String name, String url) {

  /** Their addresses by code, without colons. */
  public static Map<String, String> pictures(List<ActorEmoji> all) {
    Map<String, String> pictures = new HashMap<>();
    for (var one : all) pictures.put(one.name.replace(":", ""), one.url);
    return pictures;
  }

  /** Gives an Emoji its picture (toot:Emoji, icon). */
  public static void icon(ObjectNode emoji, String url) {
    var icon = emoji.putObject("icon").put("type", "Image").put("url", url);
    var dot = url.lastIndexOf('.');
    var ending = dot < 0 ? "" : url.substring(dot + 1);
    switch (ending) {
      case "png", "gif", "webp", "avif" -> icon.put("mediaType", "image/" + ending);
      case "jpg" -> icon.put("mediaType", "image/jpeg");
      default -> {}
    }
  }

  /** Those that stand in some words. */
  static List<ActorEmoji> in(String words, Map<String, String> known) {
    List<ActorEmoji> found = new ArrayList<>();
    for (var code : Shortcodes.in(words)) {
      var picture = known.get(code);
      if (picture != null) found.add(new ActorEmoji(":" + code + ":", picture));
    }
    return found;
  }

  /** As the tags of posts are kept. */
  static ArrayNode write(List<ActorEmoji> all) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var one : all)
      array.addObject().put("type", "Emoji").put("name", one.name).put("href", one.url);
    return array;
  }

  /** From the column that holds them. */
  public static List<ActorEmoji> read(JsonArray array) {
    List<ActorEmoji> all = new ArrayList<>();
    for (var entry : array)
      if (entry instanceof JsonObject o)
        all.add(new ActorEmoji(o.getString("name", ""), o.getString("href", "")));
    return List.copyOf(all);
  }
}
