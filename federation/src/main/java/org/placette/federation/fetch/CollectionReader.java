package org.placette.federation.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.signature.SigningKey;
import org.placette.federation.vocab.AsObject;

/**
 * Reads collections of any shape: ordered or not, paged or not, first page embedded or linked. A
 * collection may lead us at most ten pages far, never twice to one page, never to another origin.
 */
public final class CollectionReader {

  private static final int PAGES = 10;

  private final Dereferencer dereferencer;

  public CollectionReader(Dereferencer dereferencer) {
    this.dereferencer = dereferencer;
  }

  /**
   * What was read of a collection.
   *
   * @param items ids (as objects with an id alone) and embedded objects, in order, at most as many
   *     as asked; embedded ones are claims of this collection's host and no more
   * @param totalItems the number that the collection states, which may be anything; null if none
   * @param complete true when the end was reached: nothing cut, refused or failed
   */
  public record Read(List<AsObject> items, @Nullable Integer totalItems, boolean complete) {}

  /**
   * The items of a collection, or from one of its pages onwards.
   *
   * @param maxItems where to stop
   * @throws FetchProblem when the collection itself cannot be had; a page that fails later only
   *     makes the result incomplete
   */
  public Read items(String collectionId, @Nullable SigningKey key, int maxItems, Budget budget) {
    var start = WebUrl.parse(collectionId);
    var found = dereferencer.document(start, key, budget);
    var id = found.json().id();
    if (!isCollection(found.json()))
      throw new FetchProblem(Reason.WRONG_TYPE, start + " is a " + found.json().type());
    if (id != null && !sameOrigin(id, found.at()))
      throw new FetchProblem(Reason.WRONG_ID, found.at() + " says that it is " + id);
    return new Walk(found, key, maxItems, budget).toEnd();
  }

  private static boolean isCollection(AsObject json) {
    return json.is("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage");
  }

  private static boolean sameOrigin(@Nullable String id, URI at) {
    var url = WebUrl.parseOrNull(id);
    return url != null && WebUrl.sameOrigin(url, at);
  }

  /** One walk from page to page; used by one thread, once. */
  private final class Walk {
    private final Dereferencer.Found start;
    private final @Nullable SigningKey key;
    private final int maxItems;
    private final Budget budget;
    private final List<AsObject> items = new ArrayList<>();
    private final Set<URI> visited = new HashSet<>();
    private boolean cut;

    Walk(Dereferencer.Found start, @Nullable SigningKey key, int maxItems, Budget budget) {
      this.start = start;
      this.key = key;
      this.maxItems = maxItems;
      this.budget = budget;
      visited.add(start.at());
    }

    Read toEnd() {
      var collection = start.json();
      var listed = take(collection);
      var follow = collection.raw("next");
      if (!listed && follow == null) follow = collection.raw("first");
      int pages = 0;
      while (follow != null && !cut) {
        var page = ++pages > PAGES ? null : page(follow);
        if (page == null) cut = true;
        else {
          take(page);
          follow = page.raw("next");
        }
      }
      var total = collection.integer("totalItems");
      // A collection that shows only its size was not read, unless that size is nought.
      var shown = listed || pages > 0 || total != null && total == 0;
      return new Read(List.copyOf(items), total, shown && !cut);
    }

    /** The page that {@code link} is or leads to; null when it may not or cannot be had. */
    private @Nullable AsObject page(JsonNode link) {
      if (link instanceof ObjectNode object && hasItems(object)) return embedded(object);
      var url = WebUrl.parseOrNull(AsObject.idOf(link));
      if (url == null || !WebUrl.sameOrigin(url, start.at()) || !visited.add(url)) return null;
      try {
        var found = dereferencer.document(url, key, budget);
        var page = found.json();
        var id = page.id();
        var ours = WebUrl.sameOrigin(found.at(), start.at());
        return ours && isCollection(page) && (id == null || sameOrigin(id, found.at()))
            ? page
            : null;
      } catch (FetchProblem e) {
        return null;
      }
    }

    private @Nullable AsObject embedded(ObjectNode object) {
      var page = new AsObject(object);
      var url = WebUrl.parseOrNull(page.id());
      return url == null || visited.add(url) ? page : null;
    }

    /** Adds what a page lists; false when it has no list at all. */
    private boolean take(AsObject page) {
      if (!hasItems(page.json())) return false;
      for (var name : List.of("orderedItems", "items")) {
        var value = page.raw(name);
        if (value == null) continue;
        for (var item : value.isArray() ? value : List.of(value)) {
          if (items.size() >= maxItems) {
            cut = true;
            return true;
          }
          add(item);
        }
      }
      return true;
    }

    /** Numbers and other things that are no URL stand for nothing outside their own server. */
    private void add(JsonNode item) {
      if (item instanceof ObjectNode object) items.add(new AsObject(object));
      else if (item.isTextual() && WebUrl.parseOrNull(item.textValue()) != null)
        items.add(AsObject.ofId(item.textValue()));
    }

    private static boolean hasItems(ObjectNode object) {
      return object.hasNonNull("orderedItems") || object.hasNonNull("items");
    }
  }
}
