// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.sql.ObjectName;

/// A lock that a statement takes on a relation.
public record Lock(ObjectName relation, LockMode mode) {}
