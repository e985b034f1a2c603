package org.placette.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A custom emoji in somebody's name or words (toot:Emoji).
 *
 * @param name with its colons, as it stands in the text
 * @param url of its picture
 */
public record ActorEmoji(String name, String url) {

  /** As the tags of posts are kept. */
  static ArrayNode write(List<ActorEmoji> all) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var one : all)
      array.addObject().put("type", "Emoji").put("name", one.name).put("href", one.url);
    return array;
  }

  static List<ActorEmoji> read(JsonArray array) {
    List<ActorEmoji> all = new ArrayList<>();
    for (var entry : array)
      if (entry instanceof JsonObject o)
        all.add(new ActorEmoji(o.getString("name", ""), o.getString("href", "")));
    return List.copyOf(all);
  }
}
