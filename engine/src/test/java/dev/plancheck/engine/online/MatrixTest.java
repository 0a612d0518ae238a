// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatrixTest {
  @Test
  void theLatestLineThatIsNotNewerHolds() {
    var matrix = Matrix.instance();

    assertThat(matrix.work(Operation.ADD_COLUMN, server(50_722)))
        .contains(new Work(Algorithm.INPLACE, true, Lock.NONE));
    assertThat(matrix.work(Operation.ADD_COLUMN, server(80_011)))
        .contains(new Work(Algorithm.INPLACE, true, Lock.NONE));
    assertThat(matrix.work(Operation.ADD_COLUMN, server(80_012)))
        .contains(new Work(Algorithm.INSTANT, false, Lock.NONE));
    assertThat(matrix.work(Operation.ADD_COLUMN, server(50_600))).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    var good = "copy\tmysql\t5.7.0\tCOPY\trebuild\tSHARED";

    assertThatThrownBy(() -> Matrix.of(List.of("# a comment", "copy mysql")))
        .hasMessageContaining("line 2")
        .hasMessageContaining("fields: 1 (expected: 6)");
    for (var wrong :
        List.of(
            good.replace("copy", "paint"),
            good.replace("mysql", "oracle"),
            good.replace("5.7.0", "5.7"),
            good.replace("COPY", "SLOW"),
            good.replace("rebuild", "maybe"),
            good.replace("SHARED", "OPEN"))) {
      assertThatThrownBy(() -> Matrix.of(List.of(wrong))).hasMessageContaining("line 1");
    }
    assertThatThrownBy(() -> Matrix.of(List.of(good, good))).hasMessageContaining("told twice");
    assertThatThrownBy(() -> Matrix.of(List.of(good)))
        .hasMessageContaining("rebuild: nothing is told for MySQL");
  }

  @Test
  void tellsEachOperationForBothEngines() {
    var told = new ArrayList<String>();
    for (var operation : Operation.values()) {
      for (var engine : List.of(Engine.MYSQL, Engine.MARIADB)) {
        Matrix.instance()
            .work(operation, new Server(engine, 990_000, false))
            .ifPresent(_ -> told.add(operation + " " + engine));
      }
    }
    assertThat(told).hasSize(2 * Operation.values().length);
  }

  private static Server server(int release) {
    return new Server(Engine.MYSQL, release, false);
  }
}
