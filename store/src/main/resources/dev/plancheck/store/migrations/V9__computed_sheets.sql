-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors
--
-- What was computed while a plan was checked, because the plan's sheet is a wanted schema.

create table plancheck.computed_sheet (
  plan_id bigint not null references plancheck.plan on delete cascade,
  sha256 text not null references plancheck.sheet on delete cascade,
  -- When it was last computed: later than the attempt began whose results name it.
  computed_at timestamptz not null default now(),
  primary key (plan_id, sha256)
);

create index computed_sheet_of_sheet on plancheck.computed_sheet (sha256);
