// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
/// gh-ost as a program: stood in for by scripts, which do what it does to whoever runs it.
@NullMarked
package dev.plancheck.targets.mysql.noop;

import org.jspecify.annotations.NullMarked;
