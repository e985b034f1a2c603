package org.placette.post;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.db.Db;
import org.placette.post.Posts.NewPost;
import org.placette.testing.PgExtension;
import org.placette.testing.Square;

/** The numbers that stand on a profile. */
@ExtendWith(PgExtension.class)
class CountsTest {

  /** Actors whose kept numbers are not what counting the rows gives. */
  private static final String WRONG =
      """
      actor a left join actor_count n on n.actor_id = a.id
      where coalesce(n.posts, 0) <> (select count(*) from post p where p.actor_id = a.id
          and p.visibility <> 'direct' and p.companion_of is null)
        or coalesce(n.followers, 0) <> (select count(*) from follow f
          where f.target_id = a.id and f.state = 'accepted')
        or coalesce(n.following, 0) <> (select count(*) from follow f
          where f.actor_id = a.id and f.state = 'accepted')
      """;

  @Test
  void the_numbers_on_a_profile_are_what_counting_gives_whatever_comes_and_goes(Db db)
      throws Exception {
    try (var square = new Square(db)) {
      var nour = square.resident("nour");
      var lena = square.resident("lena");
      var ada = square.stranger("ada");
      square.follow(ada, nour);
      square.follow(lena, nour);
      square.follow(nour, lena);
      List<Post> posts = new ArrayList<>();
      for (int i = 0; i < 3; i++)
        posts.add(square.posts.publish(nour, NewPost.note("Bonjour " + i, "fr")));
      square.posts.delete(nour, posts.getFirst().id());
      db.run("delete from follow where actor_id = $1", lena.id());
      assertEquals(0, square.count(WRONG));
      assertEquals(1, square.count("actor_count where posts = 2 and followers = 1"));
      // People who follow one another and leave at once never wait for each other.
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failed = new ArrayList<>();
      for (var pair : List.of(List.of(nour, lena), List.of(lena, nour)))
        threads.add(
            Thread.ofVirtual()
                .uncaughtExceptionHandler((thread, error) -> failed.add(error))
                .start(
                    () -> {
                      for (int i = 0; i < 30; i++) {
                        square.follow(pair.getFirst(), pair.getLast());
                        db.run("delete from follow where actor_id = $1", pair.getFirst().id());
                      }
                    }));
      for (var thread : threads) thread.join();
      assertEquals(List.of(), failed);
      db.run("delete from actor where id = $1", ada.id());
      assertEquals(0, square.count(WRONG));
    }
  }
}
