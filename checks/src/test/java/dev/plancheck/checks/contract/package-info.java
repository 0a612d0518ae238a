// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What every implementation of a port must do: extend a contract and hand it the ports. Built into
/// the test-jar, so that other modules run the same.
@NullMarked
package dev.plancheck.checks.contract;

import org.jspecify.annotations.NullMarked;
