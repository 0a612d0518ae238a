// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What gh-ost would find, on real servers.
@NullMarked
package dev.plancheck.targets.mysql.ghost;

import org.jspecify.annotations.NullMarked;
