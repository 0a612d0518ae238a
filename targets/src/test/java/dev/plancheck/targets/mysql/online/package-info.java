// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Whether real servers do what `engine.online` says of them.
@NullMarked
package dev.plancheck.targets.mysql.online;

import org.jspecify.annotations.NullMarked;
