-- What stood here, by column, beside what a file brings in its place.
alter table exchange_rows drop column changes;
alter table exchange_rows add column was jsonb not null default '{}';
