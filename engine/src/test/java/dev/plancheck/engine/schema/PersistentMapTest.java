// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PersistentMapTest {
  @Test
  void behavesLikeATreeMapThroughManyChanges() {
    var random = new Random(7);
    var expected = new TreeMap<Integer, String>();
    var map = PersistentMap.<Integer, String>copyOf(Map.of());
    for (var i = 0; i < 5_000; i++) {
      var key = random.nextInt(400);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        map = map.without(key);
      } else {
        expected.put(key, "v" + i);
        map = map.with(key, "v" + i);
      }
      assertThat(map.get(key)).isEqualTo(expected.get(key));
      assertThat(map).hasSameSizeAs(expected);
    }
    assertThat(map).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(map.keySet()).containsExactlyElementsOf(expected.keySet());
    assertThat(map.firstKey()).isEqualTo(expected.firstKey());
    assertThat(map.lastKey()).isEqualTo(expected.lastKey());
    assertThat(map.subMap(100, 200)).isEqualTo(expected.subMap(100, 200));
  }

  @Test
  void leavesTheMapItWasMadeFromAlone() {
    var one = PersistentMap.copyOf(Map.of("a", 1));
    var two = one.with("b", 2).without("a");

    assertThat(one).isEqualTo(Map.of("a", 1));
    assertThat(two).isEqualTo(Map.of("b", 2));
  }

  @Test
  void staysShallowWhenKeysComeInOrder() {
    var map = PersistentMap.<Integer, Integer>copyOf(Map.of());
    for (var i = 0; i < 200_000; i++) {
      map = map.with(i, i);
    }
    // A degenerate tree of this size would overflow the stack.
    assertThat(map.with(200_000, 0)).hasSize(200_001).containsEntry(77_777, 77_777);
  }
}
