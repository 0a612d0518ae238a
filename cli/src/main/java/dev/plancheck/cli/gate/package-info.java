// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck gate`: may a plan go? The server answers; here it is asked, waited for and shown.
@NullMarked
package dev.plancheck.cli.gate;

import org.jspecify.annotations.NullMarked;
