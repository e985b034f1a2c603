package org.placette.thread;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.placette.actor.Actors;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.CollectionReader;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.RemotePosts;

/**
 * Fetches answers that were given elsewhere and never sent here, when somebody here reads a thread
 * that began elsewhere: its {@code context} (FEP-7888), or else its {@code replies}. One look at a
 * thread an hour, 30 requests each, a few at once; the reader does not wait.
 */
public final class MissingReplies {

  private static final int FETCHES = 30;
  private static final int ITEMS = 100;
  private static final int AT_ONCE = 3;

  private final Actors actors;
  private final Posts posts;
  private final RemotePosts remote;
  private final Dereferencer documents;
  private final CollectionReader collections;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Cache<Long, Boolean> looked =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

  public MissingReplies(Actors actors, Posts posts, RemotePosts remote, Dereferencer documents) {
    this.actors = actors;
    this.posts = posts;
    this.remote = remote;
    this.documents = documents;
    this.collections = new CollectionReader(documents);
  }

  /** Looks for them later, unless that was done within the hour. */
  void look(Post root) {
    if (actors.urls().isOurs(root.uri()) || !root.visibility().open()) return;
    if (looked.asMap().putIfAbsent(root.id(), true) != null) return;
    if (!free.tryAcquire()) {
      looked.invalidate(root.id());
      return;
    }
    var unused =
        Thread.ofVirtual()
            .name("missing-replies")
            .start(
                () -> {
                  try {
                    var ignored = fetch(root);
                  } catch (RuntimeException e) {
                    // What cannot be had is not there; the thread is read as it is.
                  } finally {
                    free.release();
                  }
                });
  }

  /**
   * Looks for them now.
   *
   * @return how many were found and stored
   */
  public int fetch(Post root) {
    var budget = new Budget(FETCHES);
    var key = actors.signingKey(actors.relay());
    var object = documents.fetch(root.uri(), key, budget);
    List<AsObject> listed = new ArrayList<>();
    for (var name : List.of("context", "replies")) {
      var id = object.ref(name);
      if (id == null || !listed.isEmpty() || !AsObject.sameOrigin(id, root.uri())) continue;
      try {
        listed.addAll(collections.items(id, key, ITEMS, budget).items());
      } catch (FetchProblem e) {
        // Some contexts are mere names; the answers may be listed all the same.
      }
    }
    int found = 0;
    for (var item : listed) {
      var uri = item.id();
      if (uri == null || posts.byUri(uri) != null || budget.left() == 0) continue;
      if (remote.resolve(uri, budget) != null) found++;
    }
    return found;
  }
}
