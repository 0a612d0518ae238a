// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The verdicts agree with all that was measured.
final class FormsTest {
  private static final List<String> SERVERS =
      List.of("mysql-5.7.22", "mysql-8.0.15", "mysql-9.7.4", "mariadb-10.11.19", "mariadb-11.8.9");

  /// MariaDB 10.11 takes ALGORITHM=INSTANT for these and copies all rows the same.
  private static final String ONLY_SAID = "INSTANT rebuild";

  @TestFactory
  Stream<DynamicTest> eachFormCostsWhatWasMeasured() {
    return Form.all().stream()
        .flatMap(form ->
            SERVERS.stream()
                .filter(server -> form.cell(server).isPresent())
                .map(server ->
                    DynamicTest.dynamicTest(
                        "%s on %s".formatted(form, server),
                        () ->
                            assertThat(verdict(form, server))
                                .as(form.alter())
                                .isEqualTo(expected(form.cell(server).orElseThrow())))));
  }

  @Test
  void enoughWasMeasured() {
    var facts =
        Form.all().stream()
            .mapToLong(form -> SERVERS.stream().filter(s -> form.cell(s).isPresent()).count())
            .sum();
    assertThat(facts).isGreaterThan(900);
    assertThat(Form.all()).extracting(Form::name).doesNotHaveDuplicates();
  }

  private static String expected(String cell) {
    return cell.equals(ONLY_SAID) ? "COPY blocks rebuild" : cell;
  }

  private static String verdict(Form form, String server) {
    var parts = server.split("-", 2);
    var engine = Engine.byId(parts[0]).orElseThrow();
    var parcels = new Parcels(engine, parts[1]).with(form.settings());
    return switch (parcels.verdict(parcels.made(form.tables()), form.statement(""))) {
      case OnlineDdl.Known known -> Form.cell(known.work());
      case OnlineDdl.Unknown unknown -> unknown.toString();
    };
  }
}
