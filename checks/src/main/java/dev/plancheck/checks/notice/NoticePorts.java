// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

/// The ports to webhooks, over one and the same storage.
public record NoticePorts(Notices notices, Webhooks webhooks, Deliveries deliveries) {}
