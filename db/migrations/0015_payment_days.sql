-- The list of payments, newest first: all, of a bank, those sent back; and sums of days.
create index payments_paid on payments (paid_on, id);
create index payments_source on payments (source, paid_on, id);
create index payments_returned on payments (paid_on, id) where returned_at is not null;
