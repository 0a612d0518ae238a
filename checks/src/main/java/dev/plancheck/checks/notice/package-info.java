// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What happened, told to other programs: webhooks of projects, and their deliveries.
@NullMarked
package dev.plancheck.checks.notice;

import org.jspecify.annotations.NullMarked;
