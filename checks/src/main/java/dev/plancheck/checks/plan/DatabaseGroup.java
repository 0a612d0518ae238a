// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

/// The databases for which `expression` is true, whichever those are at the time of a question. All
/// known databases are candidates: a project owns none of them.
public record DatabaseGroup(GroupName name, String title, String expression) {}
