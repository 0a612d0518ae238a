// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
/// Runs gh-ost itself, where somebody put one there: without `--execute`, which is its dry run. It
/// writes by itself: tables beside the original, which it drops again (ADR 0014).
@NullMarked
package dev.plancheck.targets.mysql.noop;

import org.jspecify.annotations.NullMarked;
