// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CellsTest {
  @Test
  void wideCharactersTakeTwoCellsAndMarksNone() {
    assertThat(Cells.width("abc")).isEqualTo(3);
    assertThat(Cells.width("本棚")).isEqualTo(4);
    assertThat(Cells.width("한글")).isEqualTo(4);
    assertThat(Cells.width("e\u0301")).isEqualTo(1);
    assertThat(Cells.width("🚀")).isEqualTo(2);
    assertThat(Cells.width("é→…")).isEqualTo(3);
  }

  @Test
  void fittedTextHasExactlyItsWidth() {
    assertThat(Cells.fit("abc", 5)).isEqualTo("abc  ");
    assertThat(Cells.fit("abcdef", 5)).isEqualTo("abcd…");
    assertThat(Cells.fit("本本本", 4)).isEqualTo("本…");
    assertThat(Cells.cut("abcde", 5)).isEqualTo("abcde");
  }

  @Test
  void controlsBecomePictures() {
    assertThat(Cells.printable("a\u001bb\r\nc\u009bd\u2028e\u2066f")).isEqualTo("a␛b␍ c�d�e�f");
  }
}
