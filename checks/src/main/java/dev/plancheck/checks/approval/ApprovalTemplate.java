// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;

/// Who approves plans of a risk: the roles in their order, one person each; none if nobody has to.
public record ApprovalTemplate(String title, List<String> roles) {
  public static final ApprovalTemplate NOBODY = new ApprovalTemplate("", List.of());

  public ApprovalTemplate {
    roles = List.copyOf(roles);
  }
}
