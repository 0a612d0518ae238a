// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// MySQL 5.7 and 8.0 and MariaDB as they really answer.
@NullMarked
package dev.plancheck.targets.mysql;

import org.jspecify.annotations.NullMarked;
