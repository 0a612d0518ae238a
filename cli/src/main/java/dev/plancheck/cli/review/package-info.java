// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What the commands that review scripts have in common.
@NullMarked
package dev.plancheck.cli.review;

import org.jspecify.annotations.NullMarked;
