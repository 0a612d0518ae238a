// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A mistake of the caller, for the caller to read: what is wrong, with the value, and what was
/// expected. The edge (API, command line) maps `code`; nothing else catches it.
///
/// `field` is the path of the part of the request to blame, in the names of our records:
/// `specs[0].targets[2]`.
public class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What kind of mistake, by the names of google.rpc.Code.
  public enum Code {
    /// Wrong whatever the state of the system.
    INVALID_ARGUMENT,
    NOT_FOUND,
    ALREADY_EXISTS,
    /// Not possible in the present state; repeating it as it is does not help.
    FAILED_PRECONDITION,
    /// Someone else was faster: read again and repeat.
    ABORTED,
    /// Nobody knows who calls.
    UNAUTHENTICATED,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    /// Something that we ask cannot be reached now; the same call may succeed later.
    UNAVAILABLE
  }

  /// One thing that is wrong with one part of the request.
  public record Violation(String field, String message) {}

  private final Code code;
  private final transient List<Violation> violations;

  public ApiException(Code code, String message) {
    this(code, null, message);
  }

  public ApiException(Code code, @Nullable String field, String message) {
    super(message);
    this.code = code;
    this.violations = field == null ? List.of() : List.of(new Violation(field, message));
  }

  private ApiException(List<Violation> violations) {
    super(
        violations.stream()
            .map(violation -> "%s: %s".formatted(violation.field(), violation.message()))
            .collect(Collectors.joining("\n")));
    this.code = Code.INVALID_ARGUMENT;
    this.violations = List.copyOf(violations);
  }

  public static ApiException invalid(String field, String message) {
    return new ApiException(Code.INVALID_ARGUMENT, field, message);
  }

  /// Several mistakes at once; the message has a line for each.
  public static ApiException invalid(List<Violation> violations) {
    return new ApiException(violations);
  }

  /// `what` is a resource's full name: `projects/shop/plans/7`.
  public static ApiException notFound(String what) {
    return new ApiException(Code.NOT_FOUND, what + " does not exist");
  }

  public static ApiException alreadyExists(String what) {
    return new ApiException(Code.ALREADY_EXISTS, what + " exists already");
  }

  public static ApiException failedPrecondition(String message) {
    return new ApiException(Code.FAILED_PRECONDITION, message);
  }

  public static ApiException aborted(String message) {
    return new ApiException(Code.ABORTED, message);
  }

  public Code code() {
    return code;
  }

  public Optional<String> field() {
    return violations.stream().map(Violation::field).findFirst();
  }

  /// Every part of the request that is to blame.
  public List<Violation> violations() {
    return violations;
  }
}
