// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.run.Runs;

/// Every storage port, over one and the same storage.
public record CheckPorts(
    Projects projects,
    Instances instances,
    Databases databases,
    Sheets sheets,
    Plans plans,
    Runs runs) {}
