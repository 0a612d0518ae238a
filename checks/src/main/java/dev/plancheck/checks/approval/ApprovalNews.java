// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.notice.Notice;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Notices;
import java.util.TreeMap;

/// Tells a project's webhooks that somebody has to decide.
final class ApprovalNews {
  private final Notices notices;

  ApprovalNews(Notices notices) {
    this.notices = notices;
  }

  /// Nothing is told of an approval that waits for nobody.
  void tell(Approval approval) {
    if (approval.state() != Approval.State.WAITING) {
      return;
    }
    var details = new TreeMap<String, String>();
    details.put("planVersion", Integer.toString(approval.planVersion()));
    details.put("attempt", Integer.toString(approval.attempt()));
    var assessment = approval.assessment();
    if (assessment != null) {
      details.put("risk", assessment.risk().name());
    }
    var text = "%s has to be decided on: %s".formatted(approval.plan(), approval.words());
    notices.tell(new Notice(NoticeEvent.APPROVAL_NEEDED, approval.plan(), text, details));
  }
}
