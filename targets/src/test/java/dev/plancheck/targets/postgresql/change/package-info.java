// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
@NullMarked
package dev.plancheck.targets.postgresql.change;

import org.jspecify.annotations.NullMarked;
