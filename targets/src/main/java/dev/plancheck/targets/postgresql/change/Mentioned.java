// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;

/// What a fingerprint is made of.
record Mentioned(Mentions mentions, SizeBorders borders) {}
