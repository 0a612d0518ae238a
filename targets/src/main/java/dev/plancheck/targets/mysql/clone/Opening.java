// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens a connection that can write, single statements only, within a time limit.
@FunctionalInterface
public interface Opening {
  Connection open() throws SQLException;
}
