// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What a command found, as records, and the formats that show it.
@NullMarked
package dev.plancheck.cli.report;

import org.jspecify.annotations.NullMarked;
