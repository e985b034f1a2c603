package org.placette.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Real RSA keys, a few of them, given again and again: to make one for each actor of each village
 * took most of the processor's time in a run of the tests. Java asks this provider first; the code
 * under test does not know it.
 */
final class ReadyKeys extends Provider {

  private static final long serialVersionUID = 1L;

  /** More than the actors of any test that must tell one's key from another's. */
  private static final int COUNT = 16;

  private static final int BITS = 2048;

  private static final List<KeyPair> KEYS = new ArrayList<>();
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static int next;

  private ReadyKeys() {
    super("ReadyKeys", "1", "RSA keys for tests, made once");
    put("KeyPairGenerator.RSA", Generator.class.getName());
  }

  /** From now on in this process. */
  static void install() {
    Security.insertProviderAt(new ReadyKeys(), 1);
  }

  private static KeyPair give() {
    LOCK.lock();
    try {
      if (KEYS.size() < COUNT) KEYS.add(make(BITS));
      return KEYS.get(next++ % COUNT);
    } finally {
      LOCK.unlock();
    }
  }

  private static KeyPair make(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by Java's security alone. */
  public static final class Generator extends KeyPairGeneratorSpi {

    private int bits = BITS;

    @Override
    public void initialize(int size, SecureRandom random) {
      bits = size;
    }

    @Override
    public KeyPair generateKeyPair() {
      return bits == BITS ? give() : make(bits);
    }
  }
}
