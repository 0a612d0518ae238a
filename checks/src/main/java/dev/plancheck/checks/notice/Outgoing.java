// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

/// A delivery that is due, with all that sending takes. `attempts` counts those made before.
public record Outgoing(long number, String id, Webhook to, String body, int attempts) {}
