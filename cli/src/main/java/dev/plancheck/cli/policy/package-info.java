// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Policy files: which rules run, how severe they are, with which options.
@NullMarked
package dev.plancheck.cli.policy;

import org.jspecify.annotations.NullMarked;
