package org.placette.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of limited servers, as other places write them. */
class DomainListTest {

  @Test
  void a_list_is_read_leniently_and_written_as_others_read_it() {
    var read =
        DomainList.read(
            """
            #domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate
            spam.example,suspend,False,False,"spam, sans cesse",False
            *.bruit.example,silence,True,False,=cmd(),True
            voil***.example,suspend,False,False,,True
            """);
    assertEquals(
        List.of("spam.example", "bruit.example"),
        read.limits().stream().map(DomainLimit::domain).toList());
    assertEquals(List.of(4), read.wrong(), "a starred name says nothing");
    assertEquals(
        List.of(
            DomainList.HEADER,
            "spam.example,suspend,false,false,\"spam, sans cesse\",false",
            "bruit.example,silence,true,false,'=cmd(),true"),
        DomainList.write(read.limits()).lines().toList());
    assertEquals(1, DomainList.read("seul.example\n").limits().size(), "a bare list of names");
  }
}
