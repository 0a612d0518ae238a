// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck demo`: sample tenants, a few of them drifted, one risky change, and what a real run
/// finds.
///
/// Starting point: [dev.plancheck.cli.demo.DemoCommand]. The report knows nothing of what was
/// drifted: it reads that from the run.
@NullMarked
package dev.plancheck.cli.demo;

import org.jspecify.annotations.NullMarked;
