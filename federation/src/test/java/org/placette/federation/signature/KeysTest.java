package org.placette.federation.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys survive every published form; damaged ones are refused by name. */
class KeysTest {
  private static final String ACTOR = "https://peer.example/users/lea";

  @Test
  void keysSurviveEveryForm() {
    for (var pair : List.of(Keys.rsa(), Keys.ed25519())) {
      assertEquals(pair.getPublic(), Keys.fromPem(Keys.toPem(pair.getPublic())));
      assertEquals(pair.getPublic(), Keys.fromMultikey(Keys.toMultikey(pair.getPublic())));
      assertEquals(pair.getPrivate(), Keys.decodePrivate(Keys.encode(pair.getPrivate())));
    }
  }

  @Test
  void pkcs1AndOddWhiteSpaceAreRead() {
    var key = Keys.rsa().getPublic();
    var spki = key.getEncoded();
    var pkcs1 = Arrays.copyOfRange(spki, 24, spki.length); // what follows the SPKI header
    var base64 = Base64.getEncoder().encodeToString(pkcs1);
    var pem = "-----BEGIN RSA PUBLIC KEY-----" + base64 + "-----END RSA PUBLIC KEY-----";
    assertEquals(key, Keys.fromPem(pem));
    assertEquals(key, Keys.fromPem("  " + Keys.toPem(key).replace("\n", "\r\n \t")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----END PUBLIC KEY-----\nAAAA\n-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
      })
  void damagedPemIsRefused(String pem) {
    assertThrows(SignatureProblem.class, () -> Keys.fromPem(pem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "z", "z6Mk", "zzzzzz", "u6MkhaXgBZDvotDkL5257", "z0OIl", "z1111"})
  void damagedMultikeysAreRefused(String text) {
    assertThrows(SignatureProblem.class, () -> Keys.fromMultikey(text));
  }

  @Test
  void base58SurvivesAnyBytes() {
    var random = new Random(1);
    for (int length = 0; length < 80; length++) {
      var bytes = new byte[length];
      random.nextBytes(bytes);
      Arrays.fill(bytes, 0, length / 10, (byte) 0);
      assertArrayEquals(bytes, Multibase.decode(Multibase.encode(bytes)));
    }
  }

  @Test
  void anActorsKeysAreFoundInEveryShape() throws Exception {
    var rsa = Keys.rsa().getPublic();
    var ed25519 = Keys.ed25519().getPublic();
    var actor = actor();
    var single = actor.putObject("publicKey");
    single.put("id", ACTOR + "#main-key").put("owner", ACTOR).put("publicKeyPem", Keys.toPem(rsa));
    var multikeys = actor.putArray("assertionMethod");
    multikeys.add(ACTOR + "#somewhere-else");
    multikeys.addObject().put("id", ACTOR + "#bad").put("publicKeyMultibase", "z6Mkbad");
    multikeys
        .addObject()
        .put("id", "#ed25519-key")
        .put("type", "Multikey")
        .put("controller", ACTOR)
        .put("publicKeyMultibase", Keys.toMultikey(ed25519));
    var expected =
        List.of(
            new PublishedKey(ACTOR + "#main-key", ACTOR, rsa),
            new PublishedKey(ACTOR + "#ed25519-key", ACTOR, ed25519));
    assertEquals(expected, PublishedKey.in(actor));
    assertEquals(expected.subList(0, 1), PublishedKey.in(single), "a key document by itself");
    var listed = actor();
    listed.putArray("publicKey").add(single);
    assertEquals(expected.subList(0, 1), PublishedKey.in(listed));
    assertEquals(List.of(), PublishedKey.in(actor().put("publicKey", ACTOR + "#main-key")));
  }

  private static ObjectNode actor() throws Exception {
    return (ObjectNode)
        new ObjectMapper().readTree("{\"type\":\"Person\",\"id\":\"" + ACTOR + "\"}");
  }
}
