// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// How a check saw a database: the fingerprint of its snapshot, and the hash of the review policy
/// by whose borders sizes were told in it.
public record CheckedState(String fingerprint, String policy) {}
