package org.placette.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SixWordsTest {

  @Test
  void both_ends_see_the_same_words_and_other_keys_give_others() {
    var here = SixWords.of(List.of("a#main-key AAAA", "b#main-key BBBB"));
    assertEquals(6, here.size());
    assertEquals(here, SixWords.of(List.of("b#main-key BBBB", "a#main-key AAAA")));
    assertNotEquals(here, SixWords.of(List.of("a#main-key AAAA", "b#main-key BBBC")));
  }

  @Test
  void accents_capitals_and_commas_do_not_matter_when_they_are_typed() {
    var words = List.of("château", "pêche", "église", "lune", "moulin", "forêt");
    assertTrue(SixWords.same(words, "  CHATEAU, peche; église lune\nmoulin forêt. "));
    assertFalse(SixWords.same(words, "chateau peche eglise lune moulin"));
    assertFalse(SixWords.same(words, "peche chateau eglise lune moulin foret"));
  }

  @Test
  void the_words_are_of_one_list_of_1024() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 4_000; i++) seen.addAll(SixWords.of(List.of("key " + i)));
    assertEquals(1_024, seen.size());
  }
}
