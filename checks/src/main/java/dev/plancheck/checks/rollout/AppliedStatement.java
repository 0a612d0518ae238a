// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One statement of the sheet, from 1, that the server said it has done. `command` is the server's
/// name of it, such as `UPDATE` or `CREATE INDEX`; `rows` are those that it counted, changed or
/// returned; null for commands that count none.
public record AppliedStatement(int number, String command, @Nullable Long rows, Duration took) {}
