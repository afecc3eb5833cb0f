import type pg from 'pg'
import { words } from './fill-words.ts'

/**
 * Brings the database to so many appeals, set by set, with everything a real way leaves behind: facts, readers, work
 * items, texts, numbers. Nine of ten are ended; the others stand at every step. People, words and streets are made of
 * lists, so that surnames are rare and complaints are common. Only the chains' hashes are made up and the due days are
 * two weeks flat: this data is for speed, not for proof. Needs the demo people; foreign keys are not checked meanwhile.
 */
export async function fill(pool: pg.Pool, size: number): Promise<void> {
  const client = await pool.connect()
  try {
    const { rows: [first] } = await client.query<{ count: number }>('select count(*)::int as count from appeals')
    await client.query('set session_replication_role = replica')
    for (let from = first!.count; from < size; from += chunk) {
      await client.query(`create temp table filled as ${births}`, [Math.min(chunk, size - from), ...words])
      for (const statement of rows) await client.query(statement)
      await client.query('drop table filled')
    }
    await client.query('reset session_replication_role')
    // Also empties the word index's list of what is pending, as autovacuum does on a server that rests at night.
    await client.query(`vacuum analyze ${tables.join(', ')}`)
  } finally {
    client.release(true)
  }
}

const chunk = 50_000
const tables = ['appeals', 'appeal_contents', 'appeal_events', 'appeal_texts', 'appeal_readers', 'work_items', 'journal_entries']

const pick = (list: string, by: string) => `(${list}::text[])[1 + (${by}) % cardinality(${list}::text[])]`

/**
 * One row an appeal. `depth` is how many facts of the usual way it has (10: closed), `ending` how it ended otherwise.
 * One a minute and a half from September 2023: a million in three years.
 */
const births = `
with next as materialized (
  select nextval(pg_get_serial_sequence('appeals', 'id')) as id from generate_series(1, $1::int)
), placed as (
  select id, '2023-09-01T03:00:00Z'::timestamptz + id * interval '94 seconds' as at, (id * 7919 + 13) % 1000 as lot,
    ('x' || substr(md5(id::text), 1, 8))::bit(32)::bigint as chance
  from next
), staged as (
  select *, extract(year from at at time zone 'Asia/Almaty')::int as year,
    case when lot < 870 then 10 when lot < 900 then 1 when lot < 925 then 1 when lot < 940 then 2 when lot < 950 then 3
      when lot < 960 then 4 when lot < 975 then 5 when lot < 980 then 6 when lot < 990 then 8 else 9 end as depth,
    case when lot between 870 and 884 then 'dismissed' when lot between 885 and 892 then 'redirected' when lot between 893 and 899 then 'withdrawn' end as ending
  from placed
)
select s.*, row_number() over (partition by s.year order by s.id) + coalesce(j.last_n, 0) as n,
  case when ending is not null then ending when depth = 1 then 'registered' when depth = 2 then 'on_resolution' when depth < 8 then 'in_progress'
    when depth = 8 then 'reply_approved' when depth = 9 then 'dispatched' else 'closed' end as state,
  case when chance % 5 = 0 then 'kk' else 'ru' end as language, (array['complaint', 'question', 'claim', 'application'])[1 + chance % 4] as kind,
  u.unit, u.head, u.executor, staff.chief, staff.executive, staff.controller,
  ${pick('$2', 'chance')} || ' ' || ${pick('$3', 'chance / 7')} || ' ' || ${pick('$4', 'chance / 49')} as name,
  case when chance % 5 = 0 then ${pick('$6', 'chance / 3')} else ${pick('$5', 'chance / 3')} end as subject,
  case when chance % 5 = 0 then ${pick('$8', 'chance / 5')} else ${pick('$7', 'chance / 5')} end || ' ' || ${pick('$9', 'chance / 11')} || ' ' || ${pick('$10', 'chance / 17')}
    || ', дом ' || chance % 190 || '. ' || case when id % 2500 = 0 then 'Үй кеңесінің төрағасы ' else '' end || ${pick('$11', 'chance / 23')} as body,
  'г. Петропавловск, ул. ' || ${pick('$10', 'chance / 17')} || ', ' || chance % 190 || ', кв. ' || chance % 97 as address,
  'p' || chance % 400000 || '@example.kz' as email, '+7701' || lpad((chance % 4000000)::text, 7, '0') as phone
from staged s
left join journal_series j on j.organization_id = 'skes' and j.journal = 'feedback' and j.year = s.year
cross join (select (select person_id from role_assignments where role = 'contact_centre_head' limit 1) as chief,
  (select person_id from role_assignments where role = 'executive' and organization_id = 'skes' limit 1) as executive,
  (select person_id from role_assignments where role = 'controller' limit 1) as controller) staff
join (
  select row_number() over (order by h.unit_id) - 1 as place, h.unit_id as unit, h.person_id as head,
    (select e.person_id from role_assignments e where e.role = 'executor' and e.unit_id = h.unit_id order by e.id limit 1) as executor
  from role_assignments h where h.role = 'unit_head' and h.organization_id = 'skes'
) u on u.place = s.chance % 3`

const given = `jsonb_build_object('organization', 'skes', 'journal', 'feedback', 'number', number)`
const numbered = `(select f.*, f.year || '-' || lpad(f.n::text, greatest(6, length(f.n::text)), '0') as number, 'unit_head@skes/' || f.unit as unit_head,
  (f.at + interval '14 days')::date as due_on from filled f) f`
const instant = (at: string) => `to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

const way = `(values
  (1, 1, 'register', null, 'applicant', jsonb_build_object('organization', 'skes', 'channel', 'site_feedback', 'kind', kind, 'language', language, 'answerWay', 'phone',
    'receivedAt', ${instant('at')}, 'number', ${given}, 'handlers', jsonb_build_array('contact_centre_head@skes'), 'readers', jsonb_build_array('contact_centre_agent@skes'))),
  (2, 2, 'send_for_resolution', chief, 'contact_centre_head@skes', '{"organization": "skes", "executive": "executive@skes"}'),
  (3, 3, 'impose_resolution', executive, 'executive@skes', jsonb_build_object('text', 'Рассмотреть и ответить', 'executors', jsonb_build_array(jsonb_build_object('unit', unit)),
    'dueOn', due_on, 'controller', controller, 'taskSetters', jsonb_build_array('contact_centre_head@skes'))),
  (4, 4, 'assign_task', chief, 'contact_centre_head@skes', jsonb_build_object('organization', 'skes', 'text', 'Рассмотреть и ответить',
    'executors', jsonb_build_array(jsonb_build_object('unit', unit)), 'dueOn', due_on, 'controller', controller, 'observers', jsonb_build_array('quality_lead@skes'), 'executive', 'executive@skes')),
  (5, 5, 'name_executor', head, unit_head, jsonb_build_object('task', 1, 'unit', unit, 'executor', executor)),
  (6, 6, 'submit_version', executor, 'person:' || executor, jsonb_build_object('task', 1, 'version', 1, 'digest', encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), 'steps',
    jsonb_build_array(jsonb_build_object('kind', 'unit_head', 'holders', jsonb_build_array(unit_head)), jsonb_build_object('kind', 'executive', 'holders', jsonb_build_array('executive@skes'))))),
  (7, 7, 'endorse', head, unit_head, '{"task": 1, "version": 1, "step": "unit_head"}'),
  (8, 8, 'endorse', executive, 'executive@skes', '{"task": 1, "version": 1, "step": "executive"}'),
  (9, 9, 'dispatch_reply', chief, 'contact_centre_head@skes', jsonb_build_object('way', 'phone', 'closeAfter', false,
    'evidence', jsonb_build_object('way', 'phone', 'calledAt', ${instant("at + interval '9 days'")}, 'said', 'Начисление исправлено'))),
  (10, 10, 'close', chief, 'contact_centre_head@skes', '{}'),
  (2, 1, 'dismiss', chief, 'contact_centre_head@skes', '{"reason": "Не по существу"}'),
  (2, 1, 'redirect', chief, 'contact_centre_head@skes', '{"reason": "Не наш вопрос", "to": {"outside": "Акимат города Петропавловска"}}'),
  (2, 1, 'withdraw', null, 'applicant', '{}')
) as e(seq, from_depth, action, by, holder, data)`

const endings = `(e.action in ('dismiss', 'redirect', 'withdraw') and case ending when 'dismissed' then 'dismiss' when 'redirected' then 'redirect' when 'withdrawn' then 'withdraw' end = e.action)`
const link = (seq: string) => `sha256(convert_to(f.id || ':' || ${seq}, 'UTF8'))`
const lastSeq = 'case when ending is null then depth else 2 end'

const rows = [
  `insert into appeals (id, organization_id, number, channel, kind, language, state, answer_way, received_at, registered_at, due_on, answered_on, last_seq, last_hash)
  overriding system value
  select id, 'skes', number, 'site_feedback', kind, language, state, 'phone', at, at, due_on, case when depth >= 9 then (at + interval '9 days')::date end, ${lastSeq}, ${link(lastSeq)}
  from ${numbered} order by id`,

  `insert into appeal_contents (appeal_id, subject, body, applicant_group, applicant_name, applicant_address, applicant_email, applicant_phone)
  select id, subject, body, 'person', name, address, email, phone from filled order by id`,

  `insert into appeal_events (appeal_id, seq, at, by_person, as_holder, action, data, prev_hash, hash)
  select f.id, e.seq, f.at + (e.seq - 1) * interval '1 day', e.by, e.holder, e.action, e.data::jsonb, case when e.seq > 1 then ${link('(e.seq - 1)')} end, ${link('e.seq')}
  from ${numbered} cross join lateral ${way}
  where ${endings} or (e.action not in ('dismiss', 'redirect', 'withdraw') and e.from_depth <= f.depth) order by f.id, e.seq`,

  `insert into appeal_texts (appeal_id, digest, body)
  select id, encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), 'На ваш вопрос «' || subject || '» сообщаем: показания проверены, начисление исправлено.' from filled where depth >= 6`,

  `insert into appeal_readers (holder, appeal_id)
  select r.holder, f.id from ${numbered} cross join lateral (values
    (1, 'contact_centre_head@skes'), (1, 'contact_centre_agent@skes'), (2, 'executive@skes'), (3, 'person:' || controller), (4, 'quality_lead@skes'), (4, unit_head), (5, 'person:' || executor)
  ) as r(from_depth, holder) where r.from_depth <= f.depth order by r.holder, f.id`,

  `insert into work_items (holder, queue, appeal_id, task, due_on, since)
  select w.holder, w.queue, f.id, w.task, f.due_on, f.at from ${numbered} join lateral (values
    (1, 'triage', 'contact_centre_head@skes', 0), (2, 'resolution', 'executive@skes', 0), (3, 'task_setting', 'contact_centre_head@skes', 0), (4, 'executor_naming', unit_head, 1),
    (5, 'drafting', 'person:' || executor, 1), (6, 'endorsement', unit_head, 1), (8, 'dispatch', 'contact_centre_head@skes', 0),
    (9, 'closing', 'contact_centre_head@skes', 0), (9, 'closing', 'person:' || controller, 0)
  ) as w(depth, queue, holder, task) on w.depth = f.depth where f.ending is null`,

  `insert into journal_series as s (organization_id, journal, year, last_n, last_hash) select 'skes', 'feedback', year, max(n), sha256('x') from filled group by year
  on conflict (organization_id, journal, year) do update set last_n = excluded.last_n, last_hash = excluded.last_hash`,

  `insert into journal_entries (organization_id, journal, year, n, number, number_key, appeal_id, registered_at, prev_hash, hash)
  select 'skes', 'feedback', year, n, number, year || '-' || n, id, at, case when n > 1 then sha256('x') end, sha256('x') from ${numbered} order by id`,
]
