// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// A class that breaks laws, to be caught.
@NullMarked
package dev.plancheck.targets.mysql.canary;

import org.jspecify.annotations.NullMarked;
