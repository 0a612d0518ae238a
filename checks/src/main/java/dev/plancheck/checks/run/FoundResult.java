// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Instant;

/// A result as it is read from a record: `checkedAt` is when the attempt started that found it, and
/// `previous` tells that this is not the record's present attempt, whose own answer on this target
/// is not in yet.
public record FoundResult(Result result, Instant checkedAt, boolean previous) {}
