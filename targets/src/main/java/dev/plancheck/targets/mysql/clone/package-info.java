// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
/// Tries an ALTER on an empty copy of a table: the only place that writes to databases of MySQL and
/// MariaDB, and only to tables of its own in the scratch database that an instance names.
@NullMarked
package dev.plancheck.targets.mysql.clone;

import org.jspecify.annotations.NullMarked;
