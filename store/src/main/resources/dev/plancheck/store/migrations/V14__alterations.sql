-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- The view as it was made, with how MySQL or MariaDB alters each changed table.
create or replace view plancheck.plan_check_result as
select
  run.id as run_id,
  plan.project_id,
  plan.number as plan_number,
  run.result_attempt as attempt,
  expanded.*
from plancheck.plan_check_run as run
join plancheck.plan as plan on plan.id = run.plan_id
cross join lateral (
  select 0::bigint as first_target, run.result as payload
  union all
  select overflow.first_target, overflow.payload
  from plancheck.plan_check_run_overflow as overflow
  where overflow.run_id = run.id and overflow.attempt = run.result_attempt
) as stored
cross join lateral (
  with checked as (
    select
      ordinal,
      replace(body ->> 'type', 'PLAN_CHECK_TYPE_', '') as type,
      body ->> 'outcome' as outcome,
      coalesce((body ->> 'summary')::boolean, false) as is_summary
    from jsonb_array_elements(stored.payload -> 'checks') with ordinality as entry (body, ordinal)
  ),
  finding as (
    select
      ordinal,
      body,
      case when body ? 'check' then (body ->> 'check')::bigint
        else count(*) filter (where not body ? 'check') over (order by ordinal)
      end as checked
    from jsonb_array_elements(stored.payload -> 'findings') with ordinality as entry (body, ordinal)
  ),
  statements as (
    select ordinal, coalesce(body -> 'types', '[]') as types
    from jsonb_array_elements(stored.payload -> 'statementTypes')
      with ordinality as entry (body, ordinal)
  ),
  shape as (
    select ordinal, body
    from jsonb_array_elements(stored.payload -> 'tables') with ordinality as entry (body, ordinal)
  ),
  summary as (
    select
      ordinal,
      body,
      case when body ? 'statementTypes' then (body ->> 'statementTypes')::bigint
        else count(*) filter (where not body ? 'statementTypes') over (order by ordinal)
      end as statements
    from jsonb_array_elements(stored.payload -> 'summaries') with ordinality as entry (body, ordinal)
  ),
  summary_table as (
    select
      summary.ordinal as summary,
      reference.ordinal as position,
      case when reference.text = '0'
        then count(*) filter (where reference.text = '0')
          over (order by summary.ordinal, reference.ordinal)
        else reference.text::bigint
      end as shape
    from summary
    cross join lateral jsonb_array_elements_text(summary.body -> 'tables')
      with ordinality as reference (text, ordinal)
  ),
  part as (
    select
      ordinal,
      body,
      case when body ? 'pattern' then (body ->> 'pattern')::bigint
        else count(*) filter (where not body ? 'pattern') over (order by ordinal)
      end as pattern,
      case
        when not body ? 'numbers' then null
        when body ? 'summary' then (body ->> 'summary')::bigint
        else count(*) filter (where body ? 'numbers' and not body ? 'summary')
          over (order by ordinal)
      end as summary,
      count(body ->> 'spec') over (order by ordinal) as spec,
      count(body ->> 'sheetSha256') over (order by ordinal) as sheet,
      count(body ->> 'computedSha256') over (order by ordinal) as computed
    from jsonb_array_elements(stored.payload -> 'targets') with ordinality as entry (body, ordinal)
  ),
  pattern_finding as (
    select
      part.pattern,
      reference.ordinal as position,
      case when reference.text = '0'
        then count(*) filter (where reference.text = '0')
          over (order by part.ordinal, reference.ordinal)
        else reference.text::bigint
      end as finding
    from part
    cross join lateral jsonb_array_elements_text(part.body -> 'findings')
      with ordinality as reference (text, ordinal)
  ),
  time as (
    select ordinal, text::timestamptz as at
    from jsonb_array_elements_text(stored.payload -> 'times')
      with ordinality as entry (text, ordinal)
  ),
  spec as (
    select spec as number, body ->> 'spec' as text from part where body ? 'spec'
  ),
  sheet as (
    select sheet as number, body ->> 'sheetSha256' as text from part where body ? 'sheetSha256'
  ),
  computed as (
    select computed as number, body ->> 'computedSha256' as text
    from part
    where body ? 'computedSha256'
  ),
  -- The numbers of the n-th table of a summary, from 1, are at 3n - 2, 3n - 1 and 3n.
  changed as (
    select
      part.ordinal,
      jsonb_agg(
        jsonb_build_object(
          'table', coalesce(shape.body ->> 'table', ''),
          'rows', case when (shape.body ->> 'rowsKnown')::boolean
            then (part.body -> 'numbers' ->> (3 * summary_table.position - 2)::integer)::bigint
            end,
          'bytes', case when (shape.body ->> 'bytesKnown')::boolean
            then (part.body -> 'numbers' ->> (3 * summary_table.position - 1)::integer)::bigint
            end,
          'affectedMethod', shape.body #>> '{affected,method}',
          'affectedRows', case when shape.body #>> '{affected,method}' <> 'UNKNOWN'
            then (part.body -> 'numbers' ->> (3 * summary_table.position)::integer)::bigint end,
          'affectedNote', coalesce(shape.body #>> '{affected,note}', ''),
          -- Null where the table is not altered, or of another engine.
          'alteration', shape.body ->> 'alteration')
        order by summary_table.position) as tables
    from part
    join summary_table on summary_table.summary = part.summary
    join shape on shape.ordinal = summary_table.shape
    group by part.ordinal
  )
  select
    stored.first_target + part.ordinal as target_ordinal,
    pattern_finding.position as result_ordinal,
    part.body ->> 'target' as target,
    coalesce(spec.text, '') as spec,
    coalesce(sheet.text, '') as sheet_sha256,
    checked.type,
    checked.outcome,
    finding.body ->> 'status' as status,
    coalesce(finding.body ->> 'rule', '') as rule,
    coalesce(finding.body ->> 'title', '') as title,
    coalesce(finding.body ->> 'content', '') as content,
    (finding.body #>> '{range,startLine}')::integer as start_line,
    (finding.body #>> '{range,startColumn}')::integer as start_column,
    (finding.body #>> '{range,endLine}')::integer as end_line,
    (finding.body #>> '{range,endColumn}')::integer as end_column,
    -- Null but for the result of a summary report.
    summary.body #>> '{affected,method}' as affected_method,
    case when summary.body #>> '{affected,method}' <> 'UNKNOWN'
      then (part.body #>> '{numbers,0}')::bigint end as affected_rows,
    case when summary.body is not null
      then coalesce(summary.body #>> '{affected,note}', '') end as affected_note,
    case when summary.body is not null
      then coalesce(summary.body ->> 'fingerprint', '') end as fingerprint,
    statements.types as statement_types,
    case when summary.body is not null
      then coalesce(changed.tables, '[]') end as changed_tables,
    coalesce(time.at, run.result_started_at) as checked_at,
    coalesce(computed.text, '') as computed_sha256
  from part
  join pattern_finding on pattern_finding.pattern = part.pattern
  join finding on finding.ordinal = pattern_finding.finding
  join checked on checked.ordinal = finding.checked
  left join spec on spec.number = part.spec
  left join sheet on sheet.number = part.sheet
  left join computed on computed.number = part.computed
  left join summary on checked.is_summary and summary.ordinal = part.summary
  left join statements on statements.ordinal = summary.statements
  left join changed on checked.is_summary and changed.ordinal = part.ordinal
  left join time on time.ordinal = (part.body ->> 'time')::bigint
) as expanded;
