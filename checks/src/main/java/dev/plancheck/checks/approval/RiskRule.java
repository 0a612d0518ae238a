// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

/// What meets `condition`, an expression over the variables of [Facts], has this risk.
public record RiskRule(String title, String condition, Risk risk) {}
