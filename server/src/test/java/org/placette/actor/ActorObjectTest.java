package org.placette.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;

class ActorObjectTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Urls URLS = new Urls("https", "fleurs.example");
  private static final Path CORPUS =
      Path.of(System.getProperty("placette.corpus", "../../shared/corpus"));

  @Test
  void odd_fields_and_pictures_are_read_and_what_is_no_text_is_dropped() throws Exception {
    var actor =
        read(
            """
            {"id": "https://a.example/u", "type": ["Person", "Thing"], "inbox": "https://a.example/in",
             "preferredUsername": "u", "name": "U\\u202e <b>x</b>", "summary": "<script>1</script><p>hi</p>",
             "attachment": [
               {"type": "PropertyValue", "name": "Pronouns", "value": "they"},
               {"type": "PropertyValue", "name": "list", "value": ["a", "b"]}],
             "tag": [{"type": "Emoji", "name": ":lavoir:", "icon": {"url": "https://a.example/e.png"}},
               {"type": "Emoji", "name": "<b>", "icon": "https://a.example/e.png"}, "x"],
             "attributionDomains": ["Blog.example", "no host", 3, "localhost", "https://b.example/x"],
             "icon": {"type": "Image", "url": [{"href": "https://a.example/i.png"}]},
             "image": ["ftp://x", "https://a.example/b.png"],
             "followers": "https://victim.example/followers",
             "endpoints": {"sharedInbox": "https://victim.example/inbox"},
             "url": [{"type": "Link", "href": "https://a.example/@u"}], "published": "9000-01-01T00:00:00Z"}
            """);
    assertEquals("Person", actor.type());
    assertEquals("U  <b>x</b>", actor.name());
    assertEquals("<p>hi</p>", actor.summary());
    assertEquals(List.of(new ActorField("Pronouns", "they")), actor.fields());
    assertEquals(List.of(new ActorEmoji(":lavoir:", "https://a.example/e.png")), actor.emoji());
    assertEquals("https://a.example/i.png", actor.icon());
    assertEquals("https://a.example/b.png", actor.image());
    assertEquals("https://a.example/@u", actor.url());
    assertEquals(List.of("blog.example"), actor.attributionDomains());
    assertNull(actor.followers());
    assertNull(actor.sharedInbox());
  }

  @Test
  void what_cannot_be_talked_to_is_no_actor() {
    for (var wrong :
        List.of(
            "{'id': 'https://a.example/u', 'type': 'Person', 'preferredUsername': 'u'}",
            "{'id': 'https://a.example/u', 'type': 'Note', 'inbox': 'https://a.example/in'}",
            "{'id': 'https://a.example/u', 'type': 'Person', 'preferredUsername': 'u',"
                + " 'inbox': 'https://fleurs.example/inbox'}",
            "{'id': 'https://fleurs.example/users/x', 'type': 'Person', 'preferredUsername': 'x',"
                + " 'inbox': 'https://a.example/in'}",
            "{'id': 'https://a.example/u', 'type': 'Person', 'preferredUsername': 'a@b',"
                + " 'inbox': 'https://a.example/in'}")) {
      assertThrows(FetchProblem.class, () -> read(wrong.replace('\'', '"')), wrong);
    }
  }

  @Test
  void actors_of_other_servers_are_read_as_their_index_says() throws Exception {
    var present = Files.isDirectory(CORPUS.resolve("actors"));
    if (!present) System.out.println("Corpus of foreign actors: absent, skipped");
    assumeTrue(present);
    List<Path> files = new ArrayList<>();
    try (var list = Files.list(CORPUS.resolve("actors"))) {
      list.filter(file -> file.toString().endsWith(".json")).forEach(files::add);
    }
    try (var list = Files.list(CORPUS.resolve("peers"))) {
      list.filter(file -> file.toString().contains("--actor-")).forEach(files::add);
    }
    List<String> refused = new ArrayList<>();
    for (var file : files) {
      try {
        var unused = read(Files.readString(file));
      } catch (FetchProblem e) {
        refused.add(file.getFileName().toString());
      }
    }
    System.out.println("Corpus of foreign actors: " + files.size() + " read");
    assertEquals(
        // The last has the host 0001, which is how tricks with numeric addresses look.
        List.of(
            "fedify--person-key-array.json",
            "gotosocial--person-key-stub.json",
            "mastodon--application.json"),
        refused.stream().sorted().toList());
  }

  private static Actor read(String json) throws Exception {
    return ActorObject.read(new AsObject((ObjectNode) JSON.readTree(json)), URLS);
  }
}
