// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.text.Span;

/// A remark before it is a finding: with its rule and its place as offsets.
record Remark(RuleInfo rule, Status status, Span at, String content) {}
