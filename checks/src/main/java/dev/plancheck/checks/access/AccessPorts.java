// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

/// The ports to users and tokens, over one and the same storage.
public record AccessPorts(Users users, Tokens tokens) {}
