// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoredTextTest {
  private static final String UNITS = "a\0␛\ud83d\ude00é0\udc00f\ud800";

  @Test
  void leavesOrdinaryTextAlone() {
    for (var text : List.of("", "SELECT 'x' -- é", "😀 \\u0000 \n\t", "\u0001\uffff\ue000")) {
      assertThat(StoredText.escape(text)).isSameAs(text);
      assertThat(StoredText.unescape(text)).isSameAs(text);
    }
  }

  @Test
  void writesWhatPostgresCannotHoldSoThatAReaderSeesIt() {
    assertThat(StoredText.escape("a\0b")).isEqualTo("a␛0000b");
    assertThat(StoredText.escape("half \ud83d of a pair")).isEqualTo("half ␛d83d of a pair");
    assertThat(StoredText.escape("\ude00")).isEqualTo("␛de00");
    assertThat(StoredText.escape("␛0000")).isEqualTo("␛241b0000");
  }

  @Test
  void givesAnyTextBack() {
    var random = new Random(7);
    for (var round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (var length = random.nextInt(12); length > 0; length--) {
        text.append(UNITS.charAt(random.nextInt(UNITS.length())));
      }
      var stored = StoredText.escape(text.toString());
      assertThat(StoredText.unescape(stored)).isEqualTo(text.toString());
      assertThat(stored).doesNotContain("\0");
      assertThat(UTF_8.newEncoder().canEncode(stored)).isTrue();
    }
  }

  @Test
  void readsWhatWasWrittenByHandAsItStands() {
    assertThat(StoredText.unescape("␛")).isEqualTo("␛");
    assertThat(StoredText.unescape("␛00")).isEqualTo("␛00");
    assertThat(StoredText.unescape("␛wxyz")).isEqualTo("␛wxyz");
    assertThat(StoredText.unescape("␛␛0041")).isEqualTo("␛A");
  }
}
