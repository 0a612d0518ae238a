// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Sheet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.plan.Sheets] does.
public abstract class SheetsContract extends StorageContract {
  @Test
  void givesBackExactlyTheTextThatWasPut() {
    var texts = List.of("", "SELECT 1;\r\n\tü 😀 'x' \\ $1 :name ? {json}", "x".repeat(3_000_000));
    for (var text : texts) {
      var sheet = ports().sheets().put(text);

      assertThat(sheet).isEqualTo(Sheet.of(text));
      assertThat(ports().sheets().get(sheet.sha256())).contains(sheet);
    }
  }

  @Test
  void keepsAnEqualTextOnce() {
    var first = ports().sheets().put("SELECT 1");

    assertThat(ports().sheets().put("SELECT 1")).isEqualTo(first);
    assertThat(ports().sheets().put("SELECT 1 ")).isNotEqualTo(first);
  }

  @Test
  void isSeenByTheProjectsThatGaveIt() {
    ports().projects().create(Samples.project("shop"));
    ports().projects().create(Samples.project("other"));
    var sheet = ports().sheets().put("shop", "SELECT 1");
    var hidden = ports().sheets().put("SELECT 2").sha256();

    assertThat(ports().sheets().get("shop", sheet.sha256())).contains(sheet);
    assertThat(ports().sheets().get("other", sheet.sha256())).isEmpty();
    assertThat(ports().sheets().get("shop", hidden)).isEmpty();
    assertThat(ports().sheets().get("none", sheet.sha256())).isEmpty();
    assertThat(ports().sheets().seen("shop", List.of(sheet.sha256(), hidden, "no hash")))
        .containsExactly(sheet.sha256());
    assertThat(ports().sheets().seen("other", List.of(sheet.sha256()))).isEmpty();

    assertThat(ports().sheets().put("other", "SELECT 1")).isEqualTo(sheet);
    assertThat(ports().sheets().put("other", "SELECT 1")).isEqualTo(sheet);
    assertThat(ports().sheets().get("other", sheet.sha256())).contains(sheet);
  }

  @Test
  void keepsWhatWasComputedForAPlanWhereItsProjectSeesIt() {
    ports().projects().create(Samples.project("shop"));
    var plan = ports().plans().create("shop", "A plan", List.of(), "users/ann").name();
    var sheet = Sheet.of("ALTER TABLE book ADD COLUMN a int;");

    ports().sheets().keepComputed(plan, sheet);
    ports().sheets().keepComputed(plan, sheet);

    assertThat(ports().sheets().get("shop", sheet.sha256())).contains(sheet);
    ports().sheets().keepComputed(new PlanName("none", 1), sheet);
    assertThat(ports().sheets().get("none", sheet.sha256())).isEmpty();
  }

  @Test
  void keepsNothingForAProjectThatDoesNotExist() {
    assertRefused(Code.NOT_FOUND, () -> ports().sheets().put("none", "SELECT 1"));
    assertThat(ports().sheets().get(Sheet.of("SELECT 1").sha256())).isEmpty();
  }

  @Test
  void hasNothingUnderAnotherHash() {
    assertThat(ports().sheets().get("0".repeat(64))).isEmpty();
    assertThat(ports().sheets().get("no hash")).isEmpty();
  }

  @Test
  void refusesWhatIsNoText() {
    assertRefused(Code.INVALID_ARGUMENT, () -> ports().sheets().put("SELECT \0"));
    assertRefused(Code.INVALID_ARGUMENT, () -> ports().sheets().put("SELECT \ud83d"));
  }
}
