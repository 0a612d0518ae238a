// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.engine.review.PolicyTerms;

/// What the policy says that governs a database; `hash` is its text's, and stands for it.
public record GoverningTerms(String hash, PolicyTerms terms) {}
