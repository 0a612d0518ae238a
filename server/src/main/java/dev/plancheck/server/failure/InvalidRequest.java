// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.failure;

import com.google.rpc.BadRequest.FieldViolation;
import java.util.List;
import java.util.stream.Collectors;

/// A request that breaks the constraints of its own message, found before any service saw it: all
/// of them at once, each with its field.
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldViolation> violations;

  public InvalidRequest(List<FieldViolation> violations) {
    super(sentence(violations));
    this.violations = List.copyOf(violations);
  }

  public static InvalidRequest of(String field, String description) {
    return new InvalidRequest(
        List.of(FieldViolation.newBuilder().setField(field).setDescription(description).build()));
  }

  List<FieldViolation> violations() {
    return violations;
  }

  private static String sentence(List<FieldViolation> violations) {
    return violations.stream().map(InvalidRequest::sentence).collect(Collectors.joining("; "));
  }

  private static String sentence(FieldViolation violation) {
    return violation.getField().isEmpty()
        ? violation.getDescription()
        : violation.getField() + ": " + violation.getDescription();
  }
}
