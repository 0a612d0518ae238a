-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- A deployment with one row per check: :plans plans on :databases databases each, with two checks.
create table plan (
  id bigserial primary key,
  project text not null,
  name text not null,
  config jsonb not null
);
insert into plan (id, project, name, config)
select number, 'shop', 'Plan ' || number, '{}'
from generate_series(1, :plans) as number;
create table plan_check_run (
  id serial primary key,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  plan_id bigint not null references plan (id),
  status text not null check (status in ('RUNNING', 'DONE', 'FAILED', 'CANCELED')),
  type text not null check (type like 'bb.plan-check.%'),
  config jsonb not null default '{}',
  result jsonb not null default '{}',
  payload jsonb not null default '{}'
);
insert into plan_check_run (plan_id, status, type, config, result)
select
  plan,
  'DONE',
  'bb.plan-check.database.' || kind.name,
  jsonb_build_object(
    'instanceId', 'instance-' || database % 10,
    'databaseName', 'tenant_' || database,
    'sheetSha256', encode(sha256(plan::text::bytea), 'hex')),
  jsonb_build_object('results', case kind.name
    when 'statement.advise' then (
      select jsonb_agg(jsonb_build_object(
        'status', 'WARNING',
        'title', 'column.no-null',
        'content', 'Column ' || line || ' of the table orders may be null, which makes queries harder',
        'code', 402,
        'sqlReviewReport', jsonb_build_object(
          'startPosition', jsonb_build_object('line', line, 'column', 1))))
      from generate_series(1, 4) as line)
    else jsonb_build_array(jsonb_build_object(
      'status', 'SUCCESS',
      'title', 'OK',
      'sqlSummaryReport', jsonb_build_object(
        'statementTypes', jsonb_build_array('UPDATE'),
        'affectedRows', database * 7,
        'changedResources', jsonb_build_object('databases', jsonb_build_array(jsonb_build_object(
          'name', 'tenant_' || database,
          'schemas', jsonb_build_array(jsonb_build_object(
            'name', 'public',
            'tables', jsonb_build_array(jsonb_build_object(
              'name', 'orders', 'tableRows', (database * 1000)::text)))))))))) end)
from generate_series(1, :plans) as plan
cross join generate_series(1, :databases) as database
cross join (values ('statement.advise'), ('statement.summary.report')) as kind (name);
analyze plan_check_run
