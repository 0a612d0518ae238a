-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Who let a plan go although its gate had reasons against it; only ever appended to.
create table plancheck.gate_override (
  id bigint generated always as identity primary key,
  plan_id bigint not null references plancheck.plan,
  purpose text not null check (purpose in ('APPROVAL', 'ROLLOUT')),
  plan_version integer not null,
  -- Of the plan's run; 0 without one.
  attempt integer not null check (attempt >= 0),
  -- The reasons that were taken over: their kinds, and the words of each.
  kinds text[] not null check (cardinality(kinds) > 0),
  words text[] not null check (cardinality(words) = cardinality(kinds)),
  actor text not null,
  why text not null,
  at timestamptz not null default now()
);

create index gate_override_of_plan on plancheck.gate_override (plan_id, id);

create function plancheck.refuse_change_of_gate_override() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'gate_override is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger gate_override_append_only
  before update or delete on plancheck.gate_override
  for each row execute function plancheck.refuse_change_of_gate_override();
