// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Tests that read the files of the repository: format, headers, package declarations, documents.
///
/// Laws about classes (who may depend on whom) live in `cli`, where all classes are at hand.
@NullMarked
package dev.plancheck.house;

import org.jspecify.annotations.NullMarked;
