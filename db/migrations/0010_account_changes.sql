-- What the office changed on a consumer's account, by whom and when (п. 11.3.1): meters, plans and secrets keep no author of their own.
create table account_changes (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts,
  kind text not null check (kind in ('terms', 'plan', 'meter_replaced', 'verification', 'seals', 'secret_shown', 'secret_renewed', 'access_granted', 'access_ended')),
  details jsonb not null,
  made_by text not null references people,
  made_at timestamptz not null
);
create index account_changes_account on account_changes (account_id, id);
create index account_changes_made_by on account_changes (made_by);
create function refuse_account_change() returns trigger language plpgsql as $$ begin raise exception 'what was changed on an account is never rewritten'; end $$;
create trigger account_changes_kept before update or delete on account_changes for each row execute function refuse_account_change();
create trigger account_changes_not_emptied before truncate on account_changes execute function refuse_truncate();
