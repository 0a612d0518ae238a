// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.ListPlanCheckRunResultsRequest;
import dev.plancheck.api.v1.ListPlansRequest;
import dev.plancheck.checks.ApiException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class PageTokenTest {
  private static final ListPlanCheckRunResultsRequest QUESTION =
      ListPlanCheckRunResultsRequest.newBuilder()
          .setParent("projects/shop/plans/7/planCheckRun")
          .addStatuses(FindingStatus.ERROR)
          .build();

  @Test
  void aTokenIsReadByTheQuestionThatGaveIt() {
    var token = PageToken.of(QUESTION, 1, 2).write("300");

    assertThat(PageToken.of(QUESTION, 1, 2).read(token)).isEqualTo("300");
    assertThat(PageToken.of(QUESTION, 1, 2).readNumber(token, 0)).isEqualTo(300);
  }

  @Test
  void noTokenIsTheFirstPage() {
    assertThat(PageToken.of(QUESTION).read("")).isEmpty();
    assertThat(PageToken.of(QUESTION).readNumber("", 7)).isEqualTo(7);
  }

  @Test
  void thePagesSizeAndTokenAreNoPartOfTheQuestion() {
    var token = PageToken.of(QUESTION).write("300");
    var next = QUESTION.toBuilder().setPageSize(5).setPageToken(token).build();

    assertThat(PageToken.of(next).read(token)).isEqualTo("300");
  }

  @Test
  void aTokenOfAnotherQuestionIsRefused() {
    var token = PageToken.of(QUESTION, 1).write("300");

    assertRefused(PageToken.of(QUESTION, 2), token);
    assertRefused(PageToken.of(QUESTION.toBuilder().clearStatuses().build(), 1), token);
    assertRefused(PageToken.of(ListPlansRequest.getDefaultInstance(), 1), token);
  }

  @Test
  void anyChangedCharacterIsNoticed() {
    var question = PageToken.of(QUESTION);
    var token = question.write("300");
    var changed = new ArrayList<String>();
    for (var i = 0; i < token.length(); i++) {
      for (var other : new char[] {'A', 'B', 'g', '_', '.'}) {
        var text = new StringBuilder(token);
        text.setCharAt(i, other);
        changed.add(text.toString());
      }
      changed.add(token.substring(0, i) + token.substring(i + 1));
    }
    changed.add(token + "A");
    changed.add(token + "=");
    changed.add("300");
    changed.add("x".repeat(5_000));

    assertThat(changed)
        .filteredOn(text -> !text.equals(token) && !text.isEmpty())
        .allSatisfy(text -> assertRefused(question, text));
  }

  @Test
  void aCursorThatIsNoNumberIsRefusedWhereOneIsExpected() {
    var question = PageToken.of(QUESTION);

    assertThatThrownBy(() -> question.readNumber(question.write("-1"), 0))
        .isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> question.readNumber(question.write("99999999999999999999"), 0))
        .isInstanceOf(ApiException.class);
  }

  private static void assertRefused(PageToken question, String token) {
    assertThatThrownBy(() -> question.read(token))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("page_token")
        .extracting(e -> ((ApiException) e).code())
        .isEqualTo(ApiException.Code.INVALID_ARGUMENT);
  }
}
